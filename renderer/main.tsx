import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { present } from '../shared/assert.ts';
import { App } from './app.tsx';
import { styleNonce } from './style-nonce.ts';

// Drawers and dialogs hold the page still with a style element of their own, which asks here.
setNonce(styleNonce());

createRoot(present(document.querySelector('#root'), 'the page has a root element')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
