/**
 * The shape that a translation must have: the same keys as the English text, all the way down.
 * A key that is missing or extra is a type error in the translated file.
 */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>;
};
