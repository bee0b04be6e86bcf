import { writeFileSync } from 'node:fs';
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';

/** Where the list lies; Playwright empties the folder before each run. */
const LIST = 'test-results/flaky.txt';

/** Says loudly which tests failed at first and passed when they were repeated: each is a defect, of the test or of the product. */
export default class FlakyReporter implements Reporter {
  private suite: Suite | null = null;

  onBegin(_: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const flaky = (this.suite?.allTests() ?? []).filter((test) => test.outcome() === 'flaky');
    if (flaky.length === 0) return;
    const lines = flaky.map(({ location, title, results }) => {
      const why = results.flatMap(({ errors }) => errors.map(({ message = '' }) => message.split('\n')[0] ?? ''));
      return `${location.file.split('/').slice(-2).join('/')}:${location.line} ${title}: ${why.join(' | ')}`;
    });
    writeFileSync(LIST, `${lines.join('\n')}\n`);
    console.log(
      `\nFLAKY: ${flaky.length} failed at first and passed when repeated. Each is a defect.\n${lines.join('\n')}\n`,
    );
  }

  printsToStdio(): boolean {
    return true;
  }
}
