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
  reporter: 'list',
  use: { launchOptions: chromiumOptions(), viewport: { width: 1440, height: 900 } },
});
