import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { CONTENT_SECURITY_POLICY, HEADERS } from './src/release/headers';
import { preload } from './src/release/vite-preload';
import { release } from './src/release/vite-release';
import { billOfMaterials } from './src/release/vite-sbom';
import { demos } from './src/simulator/vite-demos';

const bill = billOfMaterials();

export default defineConfig({
  base: './',
  plugins: [
    react(),
    demos(),
    bill.write(),
    preload(),
    release('src/service-worker.ts'),
    {
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  ],
  worker: { format: 'es', plugins: () => [bill.collect()] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
  },
  // Reloading while developing needs inline scripts and a socket, so the policy itself holds in a build alone.
  server: { headers: withoutPolicy(HEADERS) },
  preview: {
    port: Number(process.env.PORT ?? 4173),
    strictPort: true,
    headers: HEADERS,
    // For a person at a terminal, not for a script or a service.
    open: process.stdout.isTTY === true,
  },
  // A busy machine is slow and not broken.
  test: { include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'], testTimeout: 30_000 },
});

function withoutPolicy({ 'Content-Security-Policy': _, ...headers }: typeof HEADERS) {
  return headers;
}
