import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Quiet, and with WebGPU: on a machine without a GPU this flag gives SwiftShader's software adapter. */
const FLAGS = [
  '--enable-unsafe-webgpu',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How to start the browser: `CHROMIUM_PATH`, else a system Chromium or Chrome, else the one that Playwright installed. */
export function chromiumOptions(): LaunchOptions {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const executablePath = process.env.CHROMIUM_PATH ?? [...onPath, ...FIXED_PLACES].find((path) => existsSync(path));
  return { args: FLAGS, ...(executablePath && { executablePath }) };
}
