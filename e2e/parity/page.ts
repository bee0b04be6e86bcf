import { workerUrl } from '../../src/release/trusted';
import script from './worker?worker&url';

/** Hands the worker the page's address and its answer to the test: the worker is built, served and ruled by the CSP as the app's is. */
const worker = new Worker(workerUrl(script), { type: 'module' });

worker.onmessage = ({ data }) => Object.assign(window, { report: data });
worker.onerror = ({ message }) => Object.assign(window, { report: { error: message } });
worker.postMessage(location.href);
