import { describe, expect, test } from 'vitest';
import { isAllowedNavigation, routeOfLink, safeExternalUrl } from '../../../main/desktop/policy/addresses.ts';

describe('a window goes to our own pages only', () => {
  test.each([
    ['app://meterbook/', true],
    ['app://meterbook/customers/1?tab=usage#x', true],
    ['app://meterbook.evil/', false],
    ['app://x@evil', false],
    ['app://user@meterbook/', false],
    ['app://evil/meterbook', false],
    ['http://127.0.0.1:3000/', false],
    ['https://meterbook/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,<script>', false],
    ['about:blank', false],
    ['not an address', false],
    ['', false],
  ])('%s: %s', (address, isAllowed) => {
    expect(isAllowedNavigation(address)).toBe(isAllowed);
  });
});

describe('the system’s browser is handed plain web addresses only', () => {
  test.each([
    ['https://dashboard.stripe.com/payments', 'https://dashboard.stripe.com/payments'],
    ['http://127.0.0.1:8080/hook', 'http://127.0.0.1:8080/hook'],
    ['HTTPS://Example.com', 'https://example.com/'],
    ['https://user:secret@example.com/', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['smb://server/share', null],
    ['ms-msdt:/id', null],
    ['app://meterbook/', null],
    ['vscode://open', null],
    [`https://example.com/${'x'.repeat(3000)}`, null],
    ['https://', null],
    ['', null],
  ])('%s', (address, expected) => {
    expect(safeExternalUrl(address)).toBe(expected);
  });
});

const ROUTES = ['/', '/customers', '/customers/$id', '/customers/$id/usage', '/plans/new'];

describe('a deep link leads to a screen, and does nothing else', () => {
  test.each([
    ['meterbook://open', '/'],
    ['meterbook://open/', '/'],
    ['meterbook://open/customers', '/customers'],
    ['meterbook://open/customers/018f-1/usage?range=last', '/customers/018f-1/usage?range=last'],
    ['meterbook://open/plans/new', '/plans/new'],
    ['meterbook://open/plans', null],
    ['meterbook://open/customers/', null],
    ['meterbook://open/customers/1/delete', null],
    ['meterbook://open/customers/../plans/new', '/plans/new'],
    ['meterbook://open/customers/%2e%2e/%2e%2e', '/'],
    ['meterbook://open/customers/a%2Fb', null],
    ['meterbook://open/customers/a%5cb', null],
    ['meterbook://open//customers', null],
    ['meterbook://run/customers', null],
    ['https://open/customers', null],
    ['javascript:alert(1)', null],
    [`meterbook://open/customers/${'x'.repeat(3000)}`, null],
    ['', null],
  ])('%s', (link, expected) => {
    expect(routeOfLink(link, ROUTES)).toBe(expected);
  });
});
