/** What the keyboard does, for the sheet behind `?`. */
export const keys: { keys: string[]; does: string; isLetter: boolean }[] = [
  { keys: ['?'], does: 'this sheet', isLetter: true },
  { keys: ['g', 'h'], does: 'go to Start', isLetter: true },
  { keys: ['g', 'd'], does: 'go to Data', isLetter: true },
  { keys: ['g', 's'], does: 'go to Segments', isLetter: true },
  { keys: ['g', 'p'], does: 'go to Predictions', isLetter: true },
  { keys: ['['], does: 'previous segment', isLetter: true },
  { keys: [']'], does: 'next segment', isLetter: true },
  { keys: ['Ctrl / ⌘', 'Z'], does: 'undo', isLetter: false },
  { keys: ['Shift', 'Ctrl / ⌘', 'Z'], does: 'redo', isLetter: false },
  { keys: ['Ctrl / ⌘', '.'], does: 'cancel the running job', isLetter: false },
  { keys: ['Esc'], does: 'close what is open', isLetter: false },
  { keys: ['← → ↑ ↓'], does: 'read a chart’s marks, once it has the focus', isLetter: false },
];
