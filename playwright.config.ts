import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './e2e/chromium';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  // A busy machine is slow and not broken.
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // So that one race does not take everything else that a run has to say with it; what passes only then is listed at the end (CONTRIBUTING.md).
  retries: 1,
  reporter: [['list'], ['./e2e/flaky.ts']],
  use: { launchOptions: chromiumOptions(), viewport: { width: 1440, height: 900 } },
});
