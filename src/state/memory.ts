/** Small things worth keeping between visits (theme, last project); forgotten quietly where storage is refused. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`coterie.${key}`, value);
  } catch {
    // a page without storage still works
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`coterie.${key}`);
  } catch {
    return null;
  }
}

export function forgetAll(): void {
  try {
    localStorage.clear();
  } catch {
    // nothing was kept
  }
}
