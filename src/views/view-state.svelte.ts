/** What is being looked at: nothing here is data, and nothing here is undone. */
export type SegmentTab = 'overview' | 'rfm' | 'how-many' | 'one' | 'compare' | 'rules' | 'outcome';
export type PredictionTab = 'quality' | 'drivers' | 'contact' | 'customer' | 'value';
export type DataTab = 'files' | 'roles' | 'quality' | 'traits' | 'sources' | 'reviews';

const keysSetting = 'coterie.single-keys';

function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(keysSetting) !== 'off';
  } catch {
    return true;
  }
}

class View {
  segmentTab = $state<SegmentTab>('overview');
  predictionTab = $state<PredictionTab>('quality');
  dataTab = $state<DataTab>('files');
  /** Position in the list of segments, as shown. */
  segment = $state(0);
  /** Positions of the two that are set side by side. */
  compared = $state<[number, number]>([0, 1]);
  /** What was recommended when last asked in this visit: the result says it only while it is in use. */
  recommended = $state<{ project: string; nClusters: number } | null>(null);
  isHelpOpen = $state(false);
  hasSingleKeys = $state(readSingleKeys());

  openSegment(position: number) {
    this.segment = position;
    this.segmentTab = 'one';
  }

  setSingleKeys(on: boolean) {
    this.hasSingleKeys = on;
    try {
      if (on) localStorage.removeItem(keysSetting);
      else localStorage.setItem(keysSetting, 'off');
    } catch {
      // Without storage the choice lasts as long as the tab.
    }
  }
}

export const view = new View();
