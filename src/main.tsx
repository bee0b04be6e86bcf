import { createClient } from './client';
import { mountPage } from './ui';

const root = document.getElementById('root');
if (root) mountPage(root, createClient());

// A host that cannot set the headers which isolate the page: a service worker adds them from the next visit on.
if (import.meta.env.PROD && !crossOriginIsolated && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('isolation-worker.js').catch(() => {
    // Insecure origin or blocked: the network then runs on one thread, and the page says so.
  });
}
