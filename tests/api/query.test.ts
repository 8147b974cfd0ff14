import { describe, expect, it } from 'vitest';
import { QueryValues } from '../../main/api/query.ts';

describe('the values of a query', () => {
  it.each([
    ['status=a', ['a']],
    ['status=a&status=b', ['a', 'b']],
    ['status[]=a&status[]=b', ['a', 'b']],
    ['status%5B%5D=a&status%5B%5D=b', ['a', 'b']],
    ['status[0]=a&status[1]=b', ['a', 'b']],
    ['status[]=', ['']],
    ['other=a', undefined],
    ['statuses[]=a', undefined],
    ['', undefined],
  ])('are a list in every spelling: %s', (query, expected) => {
    expect(new QueryValues(query).list('status')).toEqual(expected);
  });

  it('are one text, the last one sent, decoded', () => {
    expect(new QueryValues('code=a%20b%2Bc&x=1').text('code')).toBe('a b+c');
    expect(new QueryValues('code=a&code=b').text('code')).toBe('b');
    expect(new QueryValues('x=1').text('code')).toBeUndefined();
  });

  it.each([
    ['b=true', true],
    ['b=TRUE', true],
    ['b=1', true],
    ['b=false', false],
    ['b=0', false],
    ['b=', undefined],
    ['', undefined],
    ['b=maybe', 'invalid'],
    ['b=null', 'invalid'],
  ])('are true, false or neither: %s', (query, expected) => {
    expect(new QueryValues(query).boolean('b')).toBe(expected);
  });

  it.each([
    ['n=12', 12],
    ['n=-3', -3],
    ['n=', undefined],
    ['', undefined],
    ['n=1.5', 'invalid'],
    ['n=1e3', 'invalid'],
    ['n=x', 'invalid'],
    ['n=99999999999999999', 'invalid'],
  ])('are whole numbers or not: %s', (query, expected) => {
    expect(new QueryValues(query).integer('n')).toBe(expected);
  });

  it('are pairs when nested', () => {
    const query = new QueryValues('metadata[color]=red&metadata%5Bsize%5D=&metadata=x&meta[color]=blue');
    expect([...query.nested('metadata')]).toEqual([
      ['color', 'red'],
      ['size', ''],
    ]);
  });
});
