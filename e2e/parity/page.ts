/** Hands the worker the page's address and its answer to the test: the worker is built, served and ruled by the CSP as the app's is. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

worker.onmessage = ({ data }) => Object.assign(window, { report: data });
worker.onerror = ({ message }) => Object.assign(window, { report: { error: message } });
worker.postMessage(location.href);
