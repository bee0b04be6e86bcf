/** What every dictionary writes numbers, dates and counts with, as its locale has them. */
export interface Tools {
  /** BCP 47, as `de-AT`. */
  readonly locale: string;
  /** With so many decimals, not grouped, with a true minus sign. */
  number(value: number, decimals?: number): string;
  /** With as many decimals as it has. */
  exact(value: number): string;
  /** A number of things: grouped where the locale does so. */
  count(value: number): string;
  /** Share of one in per cent; never a certainty that the network has not: `<1 %`, `>99 %`. */
  percent(share: number): string;
  /** The sentence for a number of things: languages differ in how many forms they have. */
  plural(count: number, forms: { readonly one?: string; readonly other: string }): string;
  /** `a, b, c`. */
  list(items: readonly string[]): string;
  /** `2 Mar 1957`: a date that nobody reads the wrong way round; the text itself where it is none. */
  date(iso: string): string;
  /** `31 Jan 2020, 10:00:00` as the device's clock had it. */
  dateTime(iso: string): string;
}

/** @param locale a BCP 47 tag that the browser knows */
export function createTools(locale: string): Tools {
  const decimals = new Map<number, Intl.NumberFormat>();
  const formatOf = (digits: number) => {
    const known = decimals.get(digits);
    if (known) return known;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
    const made = new Intl.NumberFormat(locale, options);
    decimals.set(digits, made);
    return made;
  };
  const rules = new Intl.PluralRules(locale);
  const counts = new Intl.NumberFormat(locale);
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const isHan = /^(zh|ja)/.test(locale);

  /** Rounded as JavaScript rounds, so that a number reads alike in every language and export. */
  const number = (value: number, digits = 0) => {
    const rounded = digits === 0 ? Math.round(value) : Number(value.toFixed(digits));
    return formatOf(digits)
      .format(rounded === 0 ? 0 : rounded)
      .replace('-', '−');
  };
  const date = (iso: string) => {
    const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? iso : dates.format(day);
  };
  const sign = isHan ? '%' : ' %';
  return {
    locale,
    number,
    exact: (value) => number(value, String(value).split('.')[1]?.length ?? 0),
    count: (value) => counts.format(value),
    percent(share) {
      if (share < 0.01) return `<1${sign}`;
      return share > 0.99 ? `>99${sign}` : `${Math.round(share * 100)}${sign}`;
    },
    plural: (count, { one, other }) => (rules.select(count) === 'one' ? (one ?? other) : other),
    list: (items) => items.join(isHan ? '、' : ', '),
    date,
    dateTime: (iso) => [date(iso), iso.slice(11, 19)].filter(Boolean).join(isHan ? ' ' : ', '),
  };
}
