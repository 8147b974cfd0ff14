import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Collapse, Stack, Table, Text } from '@mantine/core';
import { useState, type JSX } from 'react';
import { JsonView } from '../../../components/json-view.tsx';
import { Code } from '../../../components/values.tsx';

/** As much of JSON Schema as telemetry's schema uses. */
interface SchemaPart {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
}

/** What a message can contain: its fields, and every value that each can have. */
export function MessageFields({ schema }: { readonly schema: unknown }): JSX.Element {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const fields = Object.entries((schema as SchemaPart).properties ?? {});
  return (
    <Stack gap="sm">
      <Table.ScrollContainer minWidth={480}>
        <Table aria-label={t`What a message can contain`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <Trans>Field</Trans>
              </Table.Th>
              <Table.Th>
                <Trans>Can be</Trans>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map(([name, part]) => (
              <Field key={name} name={name} part={part} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <div>
        <Button variant="default" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t`Hide JSON Schema` : t`Show as JSON Schema`}
        </Button>
      </div>
      <Collapse expanded={isOpen} keepMounted={false}>
        <JsonView value={schema} label={t`JSON Schema of a message`} maxHeight={360} />
      </Collapse>
    </Stack>
  );
}

function Field({ name, part }: { readonly name: string; readonly part: SchemaPart }): JSX.Element {
  const inner = Object.entries(part.properties ?? {});
  // All parts of one field can be the same.
  const [first] = inner;
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Code>{name}</Code>
      </Table.Td>
      <Table.Td>
        {first === undefined ? (
          <Values part={part} />
        ) : (
          <>
            <Values part={first[1]} />
            <Text size="xs" c="dimmed" mt={2}>
              <Trans>for each of</Trans> <span className="code">{inner.map(([key]) => key).join(', ')}</span>
            </Text>
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Values({ part }: { readonly part: SchemaPart }): JSX.Element {
  if (part.enum !== undefined) return <Code>{part.enum.join(' · ')}</Code>;
  if (part.type === 'boolean') return <Code>true · false</Code>;
  if (part.pattern !== undefined) return <Code>{part.pattern}</Code>;
  return <Trans>a whole number below 1,000</Trans>;
}
