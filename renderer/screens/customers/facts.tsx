import { DataList } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { Nothing } from '../../components/values.tsx';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Names and values under each other; what is unknown shows a dash. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <DataList>
      {facts.map(({ label, value }) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel w={180} style={{ flexShrink: 0 }}>
            {label}
          </DataList.ItemLabel>
          <DataList.ItemValue style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
            {value === null || value === undefined || value === '' ? <Nothing /> : <bdi>{value}</bdi>}
          </DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}
