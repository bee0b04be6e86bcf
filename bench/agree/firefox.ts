import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import type { Driver } from './driver';

/**
 * Firefox by WebDriver BiDi (W3C, 2024), which it serves itself: no geckodriver in between.
 * `FIREFOX_PATH`, else `firefox-esr`, else `firefox`.
 */
export async function openFirefox(): Promise<Driver> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  const firefox = spawn(process.env.FIREFOX_PATH ?? 'firefox-esr', [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
  ]);
  const socket = new WebSocket(`${await addressOf(firefox)}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = commands(socket);
  const { capabilities } = await send<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  });
  const { contexts } = await send<{ contexts: readonly { context: string }[] }>('browsingContext.getTree', {});
  const context = contexts[0]?.context;
  const target = { context };
  const evaluate = async (expression: string, serialized: boolean) => {
    const asked = { expression: serialized ? `(async () => JSON.stringify(await (${expression})))()` : expression };
    const reply = await send<Reply>('script.evaluate', { ...asked, target, awaitPromise: true });
    if (reply.type === 'exception') throw new Error(`Firefox: ${JSON.stringify(reply.exceptionDetails)}`);
    return reply.result;
  };
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    async drop(paths) {
      const { sharedId } = await evaluate(`document.querySelector('[data-testid=file-input]')`, false);
      await send('input.setFiles', { context, element: { sharedId }, files: paths });
    },
    async evaluate(expression) {
      const { value } = await evaluate(expression, true);
      return value === undefined ? undefined : JSON.parse(value);
    },
    async close() {
      await send('browser.close', {}).catch(() => {});
      socket.close();
      if (firefox.exitCode === null) await new Promise((resolve) => firefox.once('exit', resolve));
      await rm(profile, { recursive: true, force: true });
    },
  };
}

interface Reply {
  readonly type: 'success' | 'exception';
  readonly result: { readonly value?: string; readonly sharedId?: string };
  readonly exceptionDetails?: unknown;
}

/** Where it listens, from what it says when it starts. */
function addressOf(firefox: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    firefox.once('error', reject);
    firefox.once('exit', (code) => reject(new Error(`Firefox ended with ${code} before it listened.`)));
    firefox.stderr?.on('data', (text) => {
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(String(text))?.[1];
      if (address) resolve(address);
    });
  });
}

/** Commands by number, each with its answer. */
function commands(socket: WebSocket) {
  const waiting = new Map<number, { resolve(result: never): void; reject(error: Error): void }>();
  let last = 0;
  socket.on('message', (text) => {
    const { id, type, result, message } = JSON.parse(String(text));
    const one = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') one?.reject(new Error(message));
    else one?.resolve(result as never);
  });
  return <T>(method: string, params: object) =>
    new Promise<T>((resolve, reject) => {
      last++;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
