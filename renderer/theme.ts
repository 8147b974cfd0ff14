import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  createTheme,
  Drawer,
  Menu,
  Modal,
  NumberInput,
  Select,
  Slider,
  Table,
  Tabs,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** One accent. Shade 7 is what filled buttons have in light, 6 in dark: both carry white text at 4.5:1 or better. */
const accent: MantineColorsTuple = [
  '#eef3fd',
  '#dbe5f9',
  '#b4c8f2',
  '#8aa9ec',
  '#678fe6',
  '#4c7ae0',
  '#2f5fd0',
  '#1f4fbf',
  '#173f9c',
  '#0f2f78',
];

/** From shade 6 on, text of it on white has 4.5:1 and more; Mantine's own has not. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8f8f',
  '#f26d6d',
  '#c22828',
  '#b02222',
  '#9c1e1e',
  '#851919',
];

/** Mantine's dark greys with a little of the accent in them. */
const dark: MantineColorsTuple = [
  '#d5dae2',
  '#b8c0cb',
  '#939dab',
  '#5f6976',
  '#424b57',
  '#363e49',
  '#262c35',
  '#1f242c',
  '#191d24',
  '#14171d',
];

export const theme = createTheme({
  colors: { accent, dark, red },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 6,
  cursorType: 'pointer',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: {
    xs: 'calc(11.5px * var(--text-scale))',
    sm: 'calc(13px * var(--text-scale))',
    md: 'calc(14px * var(--text-scale))',
    lg: 'calc(16px * var(--text-scale))',
    xl: 'calc(20px * var(--text-scale))',
  },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'calc(20px * var(--text-scale))', lineHeight: '1.3' },
      h2: { fontSize: 'calc(16px * var(--text-scale))', lineHeight: '1.4' },
      h3: { fontSize: 'calc(14px * var(--text-scale))', lineHeight: '1.4' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover', inherit: true } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Drawer: Drawer.extend({ defaultProps: { position: 'right', size: 'lg', transitionProps: { duration: 120 } } }),
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', position: 'bottom-end', transitionProps: { duration: 100 } },
    }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 120 }, centered: true } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs', hideControls: true } }),
    Select: Select.extend({ defaultProps: { size: 'xs' } }),
    Slider: Slider.extend({ defaultProps: { thumbSize: 24 } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } }),
  },
});

/** Mantine's dimmed text, placeholders and errors are too pale for 4.5:1 on our grounds; these are not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565e69',
    '--mantine-color-placeholder': '#646c78',
    '--mantine-color-error': '#c02626',
    '--mantine-color-anchor': '#1f4fbf',
    '--mantine-color-default-border': '#d5dae1',
    '--ground': '#f7f8fa',
    '--line': '#e3e7ec',
    '--selected': '#eef3fd',
    '--ink-green': '#1a6e3c',
    '--ink-amber': '#8a5300',
    '--ink-red': '#b02222',
    '--ink-blue': '#1f4fbf',
  },
  dark: {
    '--mantine-color-body': '#16191f',
    '--mantine-color-dimmed': '#a3adba',
    '--mantine-color-placeholder': '#8d97a5',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': '#93b0f5',
    '--mantine-color-default-border': '#3a424e',
    '--ground': '#1b1f26',
    '--line': '#2b313a',
    '--selected': '#22304f',
    '--ink-green': '#6fd394',
    '--ink-amber': '#f0b45b',
    '--ink-red': '#ff9d9d',
    '--ink-blue': '#93b0f5',
  },
});
