type Bytes = Uint8Array<ArrayBuffer>;

/** The whole of one file. `release` once it was sent, or will not be; again does no harm. */
export interface HeldFile {
  readonly bytes: Bytes;
  readonly release: () => void;
}

/** The bytes of a file, which take up memory for as long as anybody holds them. */
export class FileCopy {
  #holders = 0;

  /** `onChange` is told how many bytes of memory are taken, or (negative) given back. */
  constructor(
    readonly bytes: Bytes,
    private readonly onChange: (bytes: number) => void,
  ) {}

  hold(): HeldFile {
    if (this.#holders === 0) this.onChange(this.bytes.length);
    this.#holders += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.onChange(-this.bytes.length);
    };
    return { bytes: this.bytes, release };
  }
}
