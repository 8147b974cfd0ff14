import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Anchor, Button, Group, Indicator, Popover, Stack, Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { formatTime } from '../format/dates.ts';
import { useNotices, type Notice } from '../state/notices.ts';

/** What happened while nobody looked, kept until it is cleared. */
export function NoticeBell(): JSX.Element {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const { all, unread, markRead, clear } = useNotices();
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" width={340} shadow="md" withArrow trapFocus returnFocus>
      <Indicator disabled={unread === 0} color="red" size={7} offset={5}>
        <Popover.Target>
          <ActionIcon
            size={24}
            aria-label={unread === 0 ? t`Notices` : t`Notices, ${unread} new`}
            onClick={() => {
              setOpen(!isOpen);
              markRead();
            }}
          >
            <IconBell size={15} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t`Notices`}>
        {all.length === 0 ? (
          <Text size="sm" c="dimmed">
            <Trans>Nothing has happened that needs you.</Trans>
          </Text>
        ) : (
          <Stack gap="xs">
            <Group justify="space-between">
              <Text size="sm" fw={600}>
                <Plural value={all.length} one="# notice" other="# notices" />
              </Text>
              <Button variant="subtle" color="gray" onClick={clear}>
                <Trans>Clear</Trans>
              </Button>
            </Group>
            {all.map((notice) => (
              <Row
                key={notice.id}
                notice={notice}
                onOpen={() => {
                  setOpen(false);
                }}
              />
            ))}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Row({ notice, onOpen }: { readonly notice: Notice; readonly onOpen: () => void }): JSX.Element {
  const navigate = useNavigate();
  return (
    <div>
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        onClick={() => {
          onOpen();
          void navigate({ href: notice.route });
        }}
      >
        {notice.title}
      </Anchor>
      <Text size="xs" c="dimmed" truncate>
        <bdi>{notice.body}</bdi> · {formatTime(notice.at)}
      </Text>
    </div>
  );
}
