import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconBraces, IconDots, IconTerminal2 } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { copyText } from './copy-text.ts';
import { JsonView } from './json-view.tsx';

interface MoreMenuProps {
  /** What the actions are about. */
  readonly name: string;
  /** The public API's path of this object, `/api/v1/plans/starter`; left out where the API has none. */
  readonly apiPath?: string;
  /** What that path answers. */
  readonly json?: unknown;
  readonly children?: ReactNode;
}

/** The ⋯ of a record: its rarer actions, and what the API would say. */
export function MoreMenu({ name, apiPath, json, children }: MoreMenuProps): JSX.Element {
  const { t } = useLingui();
  const [isJsonOpen, setJsonOpen] = useState(false);
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t`More actions for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {json !== undefined && (
            <Menu.Item leftSection={<IconBraces size={14} />} onClick={() => setJsonOpen(true)}>
              <Trans>View as JSON</Trans>
            </Menu.Item>
          )}
          {apiPath !== undefined && (
            <Menu.Item leftSection={<IconTerminal2 size={14} />} onClick={() => void copyText(curlOf('GET', apiPath))}>
              <Trans>Copy as cURL</Trans>
            </Menu.Item>
          )}
          {children}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isJsonOpen} onClose={() => setJsonOpen(false)} title={name} size="lg">
        <JsonView value={json} />
      </Modal>
    </>
  );
}

/** The call as a command for a terminal. The key is the reader's own. */
export function curlOf(method: string, path: string, body?: unknown): string {
  const lines = [`curl -X ${method} '${window.location.origin}${path}'`, `-H "Authorization: Bearer $API_KEY"`];
  if (body !== undefined)
    lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`)}'`);
  return lines.join(' \\\n  ');
}
