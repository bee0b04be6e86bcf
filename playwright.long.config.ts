import { defineConfig } from '@playwright/test';
import short from './playwright.config';

/** What takes too long for `npm test`. */
export default defineConfig({ ...short, testDir: 'e2e-long', timeout: 60 * 60_000 });
