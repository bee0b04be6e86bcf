import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { demos } from './src/simulator/vite-demos';

/**
 * What the page may load and do: its own files, and WASM compiled from them. Nothing else.
 * `blob:` workers are tfjs's WASM threads.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export default defineConfig({
  base: './',
  plugins: [
    react(),
    demos(),
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
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: 'index.html', 'isolation-worker': 'src/isolation-worker.ts' },
      output: {
        // A service worker rules its own folder alone, so this one lies at the top and keeps its name.
        entryFileNames: ({ name }) => (name === 'isolation-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  preview: {
    port: Number(process.env.PORT ?? 4173),
    strictPort: true,
    headers: HEADERS,
    // For a person at a terminal, not for a script or a service.
    open: process.stdout.isTTY === true,
  },
  test: { include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'] },
});
