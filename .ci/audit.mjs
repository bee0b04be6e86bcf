import { spawnSync } from 'node:child_process';

/** `npm audit`, failing on what is high or critical; where the registry does not answer it says so and lets the run go on. */
const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: 120_000 });
const counts = read(stdout)?.metadata?.vulnerabilities;
if (!counts) {
  console.log('npm audit: the registry did not answer, nothing was checked.');
} else {
  console.log(
    `npm audit: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low.`,
  );
  if (counts.critical + counts.high > 0) {
    for (const [name, { severity }] of Object.entries(read(stdout).vulnerabilities))
      console.log(`${severity}: ${name}`);
    process.exitCode = 1;
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
