import { msg } from '@lingui/core/macro';
import { I18nProvider } from '@lingui/react';
import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import { startI18n } from './i18n.ts';
import { startLiveUpdates } from './live.ts';
import { createQueryClient } from './query-client.ts';
import { router } from './router.tsx';
import { styleNonce } from './style-nonce.ts';
import { cssVariables, theme } from './theme.ts';

const i18n = startI18n();
const queries = createQueryClient();

/** The crosses that close things have a name in the user's language, which the theme by itself cannot know. */
const namedTheme = mergeThemeOverrides(theme, {
  components: Object.fromEntries(
    ['Modal', 'Drawer', 'Notification'].map((name) => [
      name,
      {
        defaultProps: {
          ...(theme.components?.[name]?.defaultProps as object | undefined),
          closeButtonProps: { 'aria-label': i18n._(msg`Close`) },
        },
      },
    ]),
  ),
});

export function App(): JSX.Element {
  useEffect(() => startLiveUpdates(queries), []);
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={namedTheme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={styleNonce}>
        <QueryClientProvider client={queries}>
          <ModalsProvider>
            <RouterProvider router={router} />
            <Notifications position="bottom-right" />
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
