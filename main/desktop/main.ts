// Where Electron begins.
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { DesktopApp } from './desktop-app.ts';
import { openKeychain } from './keychain.ts';
import { APP_SCHEME, LINK_SCHEME } from './policy/addresses.ts';

app.setName('Meterbook');
app.enableSandbox();
// Before the app is ready, or never.
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
]);

/** A second start hands its words to the first, and ends. */
if (!app.requestSingleInstanceLock()) app.exit(0);
else void run();

async function run(): Promise<void> {
  let desktop: DesktopApp | null = null;
  // A link or a file may come before the app is ready (macOS).
  const early: string[] = [];
  app.on('second-instance', (_event, words) => desktop?.startedAgain(words));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    if (desktop === null) early.push(link);
    else desktop.openLink(link);
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (desktop === null) early.push(file);
    else desktop.startedAgain([file]);
  });
  app.on('activate', () => desktop?.startedAgain([]));
  // Closing is decided by the app itself.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (desktop?.hasStopped === true) return;
    event.preventDefault();
    void desktop?.quit();
  });
  await app.whenReady();
  app.setAsDefaultProtocolClient(LINK_SCHEME);
  desktop = new DesktopApp(
    { main: import.meta.dirname, preload: join(import.meta.dirname, 'preload.cjs') },
    await openKeychain(process.platform),
  );
  desktop.start([...process.argv, ...early]);
}
