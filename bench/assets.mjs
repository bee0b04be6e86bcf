import { register } from 'node:module';

/**
 * Vite's `?url` imports in Node, where benches run without Vite: the address of the file, never its content.
 * For `npx tsx --import ./bench/assets.mjs bench/….ts`.
 */
const hooks = `
export async function resolve(specifier, context, next) {
  if (!specifier.endsWith('?url')) return next(specifier, context);
  const { url } = await next(specifier.slice(0, -4), context);
  return { url: 'data:text/javascript,' + encodeURIComponent('export default ' + JSON.stringify(url)), shortCircuit: true };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
