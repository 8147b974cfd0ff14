import { describe, expect, it } from 'vitest';
import { BodyRoom } from '../../main/api/limits.ts';
import { readJsonBody } from '../../main/api/request-body.ts';

const MEGABYTE = 1024 * 1024;

/** A body that is sent piece by piece, without telling its length. */
function streamed(pieces: readonly string[]): Request {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  return new Request('http://127.0.0.1:3000/', { method: 'POST', body, duplex: 'half' });
}

describe('the room for bodies', () => {
  it('takes three of the largest, and then small ones only', () => {
    const room = new BodyRoom();
    expect([1, 2, 3, 4].map(() => room.take(10 * MEGABYTE))).toEqual([true, true, true, false]);
    expect(room.take(256 * 1024)).toBe(true);
    expect(room.take(256 * 1024 + 1)).toBe(false);
    expect(room.usedBytes).toBe(30 * MEGABYTE + 256 * 1024);
  });

  it('never holds more than 64 MB', () => {
    const room = new BodyRoom();
    let taken = 0;
    while (room.take(256 * 1024)) taken += 1;
    expect(taken).toBe(256);
    room.giveBack(256 * 1024);
    expect(room.take(256 * 1024)).toBe(true);
  });

  it('counts the pieces of one body together', () => {
    const room = new BodyRoom();
    for (let body = 0; body < 4; body += 1) room.take(10 * MEGABYTE);
    expect(room.take(200 * 1024)).toBe(true);
    expect(room.take(200 * 1024, 200 * 1024)).toBe(false);
  });
});

describe('a body in pieces', () => {
  it('is put together, also where a letter was cut in two', async () => {
    const room = new BodyRoom();
    expect(await readJsonBody(streamed(['{"a":', '"b"}']), room)).toEqual({ json: { a: 'b' }, heldBytes: 9 });
    expect(room.usedBytes).toBe(9);
    const [first, second] = [new TextEncoder().encode('"é"').slice(0, 2), new TextEncoder().encode('"é"').slice(2)];
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(first);
        controller.enqueue(second);
        controller.close();
      },
    });
    const request = new Request('http://127.0.0.1:3000/', { method: 'POST', body: cut, duplex: 'half' });
    expect(await readJsonBody(request, room)).toEqual({ json: 'é', heldBytes: 4 });
  });

  it('is refused when there is no room left for it', async () => {
    const room = new BodyRoom();
    while (room.take(256 * 1024));
    expect(await readJsonBody(streamed(['{"a":"b"}']), room)).toEqual({ refusal: 'no_room', heldBytes: 0 });
  });

  it('is refused as soon as it grows beyond 10 MB, and says what it held', async () => {
    const room = new BodyRoom();
    const outcome = await readJsonBody(streamed(Array.from({ length: 11 }, () => ' '.repeat(MEGABYTE))), room);
    expect(outcome).toEqual({ refusal: 'too_large', heldBytes: 10 * MEGABYTE });
    expect(room.usedBytes).toBe(10 * MEGABYTE);
  });

  it('whose sender leaves is refused', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"a":'));
        controller.error(new Error('gone'));
      },
    });
    const request = new Request('http://127.0.0.1:3000/', { method: 'POST', body: broken, duplex: 'half' });
    expect(await readJsonBody(request, new BodyRoom())).toMatchObject({ refusal: 'cut_off' });
  });
});
