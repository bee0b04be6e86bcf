import { expect, test } from './test';

test('a reader reads first, then weighs the findings: conflicts, measured facts, where the network looked, another age', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=atrial-fibrillation');
  await app.settled();
  await page.keyboard.press('r');
  await expect(page.getByTestId('finding')).toHaveCount(0);
  await expect(page.getByTestId('report')).toHaveCount(0);
  await page.reload();
  await app.settled();
  await expect(page.getByTestId('read-first')).toHaveAttribute('data-covered', 'true');
  await page.keyboard.press('f');

  // The screening point states more, so that something conflicts whatever the model.
  await page.getByTestId('point-screening').click();
  await app.settled();
  const doubted = page.locator('[data-testid=finding][data-conflicts*=MEASURED_OTHERWISE]').first();
  await expect(doubted.getByTestId('conflict').last()).toContainText('Stated, but measured otherwise: ');
  const contradiction = (await doubted.getByTestId('conflict').last().textContent()) ?? '';
  for (const against of await doubted.locator('[data-testid=fact][data-side=against]:not(:has(button))').all()) {
    expect(contradiction, 'said once').not.toContain((await against.textContent())?.replace(/^against /, ''));
  }
  const fibrillation = app.finding('AFIB');
  await expect(fibrillation.getByTestId('conflict')).toHaveCount(0);
  await fibrillation.getByRole('button', { name: 'RR irregular' }).click();
  await expect(page.getByTestId('interval-area').first()).toBeVisible();

  await fibrillation.getByTestId('look').click();
  await expect(fibrillation.getByTestId('look')).toContainText('Stop');
  await fibrillation.getByTestId('look').click();
  await expect(fibrillation.getByTestId('look')).toHaveText(/^Where it looked/);
  await fibrillation.getByTestId('look').click();
  await expect(fibrillation.getByTestId('look-summary')).toContainText('mostly', { timeout: 60_000 });
  expect(await page.getByTestId('heat').locator('rect').count()).toBeGreaterThan(10);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('heat')).toHaveCount(0);

  const before = await app.probabilities();
  await page.getByTestId('what-if').locator('summary').click();
  await expect(page.getByTestId('what-if-note')).toContainText('The patient, the findings and the report stay');
  const row = page.getByTestId('what-if-row').first();
  const same = await row.getAttribute('data-other');
  await page.getByTestId('what-if-age').fill('20');
  await expect(row).not.toHaveAttribute('data-other', same ?? '');
  await expect(page.getByTestId('age')).toHaveValue('74');
  expect([...(await app.probabilities())]).toEqual([...before]);
});

test('a reader corrects the report and signs it, and every change takes the signature back', async ({ app, page }) => {
  await app.open('backend=wasm&demo=atrial-fibrillation');
  await app.settled();
  const line = (id: string) => page.locator(`[data-testid=report-statement][data-id="${id}"]`);
  const status = page.getByTestId('report-status');
  await expect(status).toHaveText('UNCONFIRMED');
  await page.getByTestId('point-screening').click();
  await app.settled();
  const other = page.locator('[data-id^="finding."]:not([data-id="finding.AFIB"])').first();
  const label = ((await other.textContent())?.split(' (network')[0] ?? '').trim();
  await expect(line('conclusion')).toContainText(label);

  await other.getByRole('button', { name: 'Reject' }).click();
  await expect(line('conclusion')).not.toContainText(label);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line('conclusion')).toContainText(label);
  await page.keyboard.press('Control+Shift+z');
  await expect(other).toHaveAttribute('data-state', 'rejected');
  await line('finding.AFIB').getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Text of the statement' }).fill('Atrial fibrillation, new.');
  await page.keyboard.press('Enter');
  await page.getByTestId('report-add').fill('Compare with the last ECG.');
  await page.keyboard.press('Enter');
  expect(JSON.parse(await app.download('export-json')).report.status).toBe('UNCONFIRMED');

  await page.getByLabel('Your name').fill('Dr Example');
  await page.getByTestId('report-confirm').click();
  await expect(status).toContainText('Confirmed by Dr Example');
  const { report } = JSON.parse(await app.download('export-json'));
  expect(report).toMatchObject({ status: 'confirmed', confirmedBy: 'Dr Example' });
  const states = new Map(report.statements.map(({ id, state }: { id: string; state: string }) => [id, state]));
  expect([...states.values()].filter((state) => state === 'rejected')).toHaveLength(1);
  expect(states.get('finding.AFIB')).toBe('confirmed');
  expect(report.statements.find(({ id }: { id: string }) => id === 'conclusion').text).toMatch(
    /^Atrial fibrillation, new\./,
  );

  await page.getByTestId('age').fill('20');
  await expect(status).toHaveText('UNCONFIRMED');
});
