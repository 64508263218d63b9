/** A binary heap whose first element is the greatest by the order given. */
export class MaxHeap<T> {
  private readonly items: T[] = [];

  /** @param compare positive where a is greater than b. */
  constructor(private readonly compare: (a: T, b: T) => number) {}

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let place = this.items.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.items[parent];
      if (above === undefined || this.compare(item, above) <= 0) break;
      this.items[place] = above;
      place = parent;
    }
    this.items[place] = item;
  }

  pop(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(last);
    return first;
  }

  private sink(item: T): void {
    let place = 0;
    for (;;) {
      const child = this.greaterChild(place);
      const below = this.items[child];
      if (below === undefined || this.compare(below, item) <= 0) break;
      this.items[place] = below;
      place = child;
    }
    this.items[place] = item;
  }

  private greaterChild(place: number): number {
    const left = 2 * place + 1;
    const [a, b] = [this.items[left], this.items[left + 1]];
    return a !== undefined && b !== undefined && this.compare(b, a) > 0 ? left + 1 : left;
  }
}
