/**
 * Rows of numbers, packed: row r holds `items` from `starts[r]` up to `starts[r + 1]`. Eight bytes
 * a row and four an item, where arrays of arrays take tens.
 */
export class Incidence {
  private constructor(
    readonly starts: Int32Array,
    readonly items: Int32Array,
  ) {}

  static fromRows(rows: readonly (readonly number[] | Int32Array)[]): Incidence {
    const starts = new Int32Array(rows.length + 1);
    rows.forEach((row, index) => (starts[index + 1] = (starts[index] ?? 0) + row.length));
    const items = new Int32Array(starts[rows.length] ?? 0);
    rows.forEach((row, index) => {
      items.set(row, starts[index]);
    });
    return new Incidence(starts, items);
  }

  get rows(): number {
    return this.starts.length - 1;
  }

  row(index: number): Int32Array {
    return this.items.subarray(this.starts[index], this.starts[index + 1]);
  }

  count(index: number): number {
    return (this.starts[index + 1] ?? 0) - (this.starts[index] ?? 0);
  }

  /** The same pairs from the other side: for each item the rows that hold it, ascending. */
  transposed(itemCount: number): Incidence {
    const starts = new Int32Array(itemCount + 1);
    for (const item of this.items) starts[item + 1] = (starts[item + 1] ?? 0) + 1;
    for (let item = 0; item < itemCount; item++) {
      starts[item + 1] = (starts[item + 1] ?? 0) + (starts[item] ?? 0);
    }
    const next = starts.slice();
    const items = new Int32Array(this.items.length);
    for (let row = 0; row < this.rows; row++) {
      for (const item of this.row(row)) {
        const place = next[item] ?? 0;
        items[place] = row;
        next[item] = place + 1;
      }
    }
    return new Incidence(starts, items);
  }
}
