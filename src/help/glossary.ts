/** The words used on screen, for someone who has not met them. */
export const glossary: { word: string; means: string }[] = [
  {
    word: 'Segment',
    means:
      'A group of customers who behave alike, found in your data. Its colour and shape stay the same; its name is yours to change.',
  },
  {
    word: 'Trait',
    means:
      'One measured thing about a customer, such as days since the last order. Every trait says how it was computed.',
  },
  {
    word: 'Recency, frequency, revenue',
    means:
      'How long ago, how often and for how much a customer bought: 1 to 5 points each, 5 best. The eleven lifecycle names come from the first two.',
  },
  {
    word: 'Typical customer',
    means: 'The middle of a segment: half of its members lie above and half below each value.',
  },
  {
    word: 'How clear-cut',
    means:
      'Whether the groups are islands (1) or slices of one crowd (0). The number behind it is under “How”.',
  },
  {
    word: 'How stable',
    means:
      'How many of a segment’s members come back when customers are drawn again. Solid: at least 75 of 100; fair: at least 60; below that shaky.',
  },
  {
    word: 'Likelihood',
    means:
      'How probable it is that a customer leaves or buys again in the chosen time. “Can the likelihood be taken at its word?” on the Predictions screen says how well such percentages came true in the test.',
  },
  {
    word: 'Tested on later months',
    means:
      'With dated orders the model learns from the past only and is judged on what happened afterwards, at several dates. Without dates a part of the customers is held back and used as the test.',
  },
  {
    word: 'As many as chance',
    means:
      'How many times as many leavers (or buyers) the likeliest tenth holds as a tenth drawn by lot. “The most possible” means that hardly anyone else could fit in that tenth.',
  },
  { word: 'Cut-off', means: 'The likelihood from which on someone is put on the list of people to contact.' },
  {
    word: 'As of',
    means:
      'The last moment the traits may look at; by default the day after the last order. Nothing later is ever used.',
  },
  {
    word: 'Quality of the data',
    means:
      'Six sides from 0 to 100: is anything missing, does anything count twice, can every value be what it says, do the files agree, are the dates right, is it all there. How it is worked out stands beside it.',
  },
  {
    word: 'Mend',
    means:
      'A way to put a fault right that is laid over what was stored and never changes it, so that it can be taken back at any time. “Safe” means that nothing is lost and nothing is guessed.',
  },
  {
    word: 'Joined customers',
    means:
      'The same person under several ids in several files, told by e-mail or telephone. A name alone never joins anybody, and every join can be taken back.',
  },
  {
    word: 'Hashed',
    means:
      'Replaced by a keyed code before it is stored. The same value has the same code within this project, so files still fit together, and nobody can read the value from it.',
  },
  {
    word: 'True of the day of the export',
    means:
      'Columns such as “Total spent” that a system counted up to the day you exported. They know what came later, so they are never used to learn from an earlier date.',
  },
  {
    word: 'The rows behind a figure',
    means:
      'A figure with a dotted line opens the rows of your files that it is made of; they add up to it exactly.',
  },
  {
    word: 'Reasons',
    means:
      'Why one customer is likelier or less likely than usual, trait by trait. “×2” doubles the odds, “×0.5” halves them. All reasons together make up the score.',
  },
  {
    word: 'Odds',
    means:
      'How often it happens for each time it does not. 80 in 100 is odds of 4 to 1; 50 in 100 is 1 to 1.',
  },
  {
    word: 'The usual share',
    means: 'How many customers of 100 it happens to anyway. A list is worth it when it finds more than that.',
  },
  {
    word: 'What would move them',
    means:
      'The smallest change that a company can bring about and that would change the answer: a next order, a discount, a message. Never age, country or what is past. The change is scored again before it is shown.',
  },
  {
    word: 'What if',
    means: 'Try a trait at another value and see what the likelihood would be. Nothing is stored.',
  },
  {
    word: 'Middle customer',
    means: 'For each trait, half of the customers lie above this value and half below.',
  },
  {
    word: 'Second-closest segment',
    means: 'Where a customer would belong next, were they not in their own segment.',
  },
  {
    word: 'What sets it apart',
    means:
      'The traits in which a segment differs most from all other customers, beyond what chance would do.',
  },
  {
    word: 'How it grew',
    means:
      'How many customers the segments of today would have held at earlier dates, told from what was known by then.',
  },
  {
    word: 'Untested',
    means:
      'What is claimed of a segment and nobody has added a note for or against yet. It is computed from what customers did; why they do it, only people can say.',
  },
  {
    word: 'Review',
    means:
      'A day on which a result is to be looked at again, with what to check then. The Data screen lists them and gives a file for your calendar.',
  },
  {
    word: 'Solid, fair, shaky',
    means:
      'How far a result can be relied on. Solid: act on it. Fair: useful, keep an eye on it. Shaky: do not rely on it alone.',
  },
  {
    word: 'Cannot tell',
    means: 'There is too little in the data for an answer. It says what is missing and how much.',
  },
  {
    word: 'Lifetime value',
    means:
      'What a customer is expected to spend from now to the end of the time you chose. The range holds most outcomes.',
  },
  {
    word: 'Still a customer',
    means: 'How likely it is that someone who has gone quiet will order at all again.',
  },
  {
    word: 'Next order',
    means:
      'The days in which the next order is likely, if one comes. 80 of 100 fell inside such days when tested.',
  },
  {
    word: 'Price sensitivity',
    means:
      'From 0, price hardly matters, to 100, buys by price. It compares the customers of this shop with each other.',
  },
  {
    word: 'Tries',
    means:
      'How many ways the same question was asked. The more tries, the easier one looks good by luck, so each must show more.',
  },
  {
    word: 'Receipt',
    means:
      'What was computed, from which data, with which settings and version. The same file and receipt give the same result.',
  },
  {
    word: 'Fingerprint',
    means: 'A short code made from the data or a result. If anything changes, so does the code.',
  },
];
