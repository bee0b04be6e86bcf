import type { Driver } from './driver';

/** What one recording's analysis says, as far as it is compared. */
export interface Said {
  readonly name: string;
  readonly error: string | null;
  readonly backend: string | null;
  readonly findings: readonly {
    readonly code: string;
    readonly probability: number | null;
    readonly threshold: number;
    readonly status: string;
  }[];
}

/** A recording's files. */
export type Paths = readonly string[];

/** The page keeps what it would download where the comparison finds it. */
const KEEP = `{
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => { window.kept = blob; return make(blob); };
}`;

/** How long one recording may take on the slowest backend of a busy machine, ms. */
const PATIENCE_MS = 180_000;

export async function openPage(driver: Driver, server: string, backend: string): Promise<void> {
  await driver.goto(`${server}?backend=${backend}`);
  await until(driver, `document.querySelector('[data-testid=status]')?.dataset.backend === '${backend}'`, PATIENCE_MS);
  await driver.evaluate(`(() => ${KEEP})()`);
}

/** Each recording dropped by itself, in the order given. */
export async function* oneByOne(driver: Driver, recordings: readonly Paths[]): AsyncGenerator<Said> {
  for (const paths of recordings) {
    await dropAndWait(driver, paths, PATIENCE_MS);
    yield said(await saved(driver, 'export-json'));
  }
}

/** All in one drop. */
export async function* inBatch(driver: Driver, recordings: readonly Paths[]): AsyncGenerator<Said> {
  await dropAndWait(driver, recordings.flat(), PATIENCE_MS * recordings.length);
  for (const line of (await saved(driver, 'export-batch-jsonl')).trim().split('\n')) yield said(line);
}

async function dropAndWait(driver: Driver, paths: Paths, patienceMs: number): Promise<void> {
  const revision = `Number(document.querySelector('[data-testid=status]').dataset.revision)`;
  const before = await driver.evaluate<number>(revision);
  await driver.drop(paths);
  await until(driver, `${revision} > ${before}`, PATIENCE_MS);
  await until(driver, `/done|error/.test(document.querySelector('[data-testid=status]').dataset.state)`, patienceMs);
}

async function saved(driver: Driver, button: string): Promise<string> {
  await driver.evaluate(`(window.kept = null, document.querySelector('[data-testid=${button}]').click())`);
  await until(driver, 'window.kept !== null', PATIENCE_MS);
  return driver.evaluate('window.kept.text()');
}

function said(json: string): Said {
  const { source, error, model, findings } = JSON.parse(json);
  const kept = (findings as Said['findings']).map(({ code, probability, threshold, status }) => ({
    code,
    probability,
    threshold,
    status,
  }));
  return { name: source.name, error: error?.code ?? null, backend: model?.backend ?? null, findings: kept };
}

async function until(driver: Driver, condition: string, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await driver.evaluate<boolean>(condition))) {
    if (Date.now() > end) throw new Error(`never: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
