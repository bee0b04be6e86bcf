import type { AddressInfo } from 'node:net';
import { preview } from 'vite';

/** The built app on a free port, as `npm start` serves it, with every request that reaches it in `log`. */
export interface Server {
  readonly url: string;
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** @param isolated false leaves out COOP and COEP, as a plain static host does */
export async function serve({ isolated = true } = {}): Promise<Server> {
  const log: string[] = [];
  const server = await preview({
    configLoader: 'runner',
    logLevel: 'error',
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
            next();
          });
        },
      },
    ],
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, log, close: () => server.close() };
}
