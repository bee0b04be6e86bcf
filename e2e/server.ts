import type { AddressInfo } from 'node:net';
import { preview } from 'vite';

/** The built app on a free port, as `npm start` serves it, with every request that reaches it in `log`. */
export interface Server {
  readonly url: string;
  readonly log: readonly string[];
  close(): Promise<void>;
}

interface Options {
  /** False leaves out COOP and COEP, as a plain static host does. */
  readonly isolated?: boolean;
  /** The folder of a build. */
  readonly folder?: string;
  /** A request waits until this resolves. */
  readonly before?: (url: string) => Promise<void>;
}

export async function serve({ isolated = true, folder = 'dist', before }: Options = {}): Promise<Server> {
  const log: string[] = [];
  const server = await preview({
    configLoader: 'runner',
    logLevel: 'error',
    build: { outDir: folder },
    preview: { port: 0, strictPort: false, open: false },
    plugins: [
      {
        name: 'request-log',
        configurePreviewServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            log.push(`${request.method} ${request.url}`);
            if (!isolated) {
              const setHeader = response.setHeader.bind(response);
              response.setHeader = (name, value) =>
                name.startsWith('Cross-Origin-') ? response : setHeader(name, value);
            }
            if (before) void before(request.url ?? '').then(next);
            else next();
          });
        },
      },
    ],
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, log, close: () => server.close() };
}
