import { lazyRouteComponent as lazily } from '@tanstack/react-router';

const LOOK_AGAIN_MS = 1_000;

/**
 * A screen that is loaded when it is first shown. While the server is stopped, the page that is open stays, with the banner over it, and
 * the way to the new one goes on once the server runs again.
 */
export const lazyScreen: typeof lazily = (importer, exportName) => lazily(() => whenServed(importer), exportName);

async function whenServed<Module>(importer: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await importer();
    } catch (error) {
      // There, but without this file: another version was started. The router then loads the window afresh.
      if (await isServerThere()) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_AGAIN_MS);
      });
    }
  }
}

async function isServerThere(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD' });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
