let context: CanvasRenderingContext2D | null | undefined;

/** Width in CSS pixels of a label in the page's own type. */
export function textWidth(text: string, pixels = 12, weight = 600): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * pixels * 0.65;
  context.font = `${weight} ${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width;
}
