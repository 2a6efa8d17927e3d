/** What each panel shows, what healthy looks like and what to do otherwise: the answer to its question mark. */

export const EXPLAIN = {
  pictures: {
    shows: 'Each tile is what one neuron looks for: its weights as a picture, each with its own contrast.',
    healthy: 'With masks, noise turns into edges, bars and gratings soon after the thresholds start. Without augmentation it stays noise.',
    otherwise: 'Still noise long after the thresholds started? Look at the overlap: identical masks let the noise through.',
  },
  heatmap: {
    shows: 'How well each neuron (row) points along each true feature (column): |cos| from 0, the colour of the card, to 1, the colour of the run. Rows are sorted by the feature they answer to most.',
    healthy: 'A sharp diagonal: every neuron has one feature, every feature a neuron.',
    otherwise: 'A grey field means that no neuron has won a feature. Check overlap and thresholds.',
  },
  correlation: {
    shows: 'How much of the noise (dense) and of the signal (sparse) in the representation agrees between the two views of a sample. Lines: every step, estimated on a part of the batch, smoothed. Dots: the whole evaluation batch.',
    healthy: 'Dense near 0 (under 0.08), sparse well above it. Exactly 1 for both means that the two views are the same picture.',
    otherwise: 'Dense above 0.25: the augmentation leaks noise. Lower the overlap. It is the cause, not yet the damage.',
  },
  features: {
    shows: 'Coverage: share of the true features that some neuron has won. Alignment: how well neurons point at the feature nearest to them.',
    healthy: 'Both rise from the start of the thresholds: coverage towards 1, alignment to about 0.8.',
    otherwise: 'If coverage stays low, the noise is learned with the signal. The unmasked arm does find some features by itself; with more weight decay or a longer run it finds more, so read the distance between the arms.',
  },
  firing: {
    shows: 'Sparsity: share of neurons that are silent for a sample. Selectivity: how much more often a neuron fires when its own feature is present.',
    healthy: 'Sparsity jumps to about 0.9 when the thresholds start and stays; selectivity climbs above 0.7.',
    otherwise: 'Sparsity alone proves little, the thresholds set it in both arms. Selectivity tells the arms apart. Sparsity at 1 means that nothing fires any more: lower the threshold cap.',
  },
  loss: {
    shows: 'The contrastive loss of each step, faint as it came and firm smoothed. The grey line is the loss of a learner that knows nothing.',
    healthy: 'It falls below chance, jumps up when the thresholds start and falls again.',
    otherwise: 'At chance for long: nothing is learned (too much decay, or everything silent). Falling alone proves nothing: an unmasked learner reaches a lower loss and learns noise.',
  },
  spread: {
    shows: 'Std ratio: how spread out the embeddings are (1: evenly, 0: all the same). Effective rank: how many directions they use.',
    healthy: 'Std ratio near 1 and a rank close to the number of neurons, both steady.',
    otherwise: 'A std ratio on its way to 0 is complete collapse; a falling rank with a steady std ratio is dimensional collapse. Too high thresholds and missing negatives do this.',
  },
  weights: {
    shows: 'Signal in the weights: share of the weights that lies in the directions of the true features. Probe accuracy: how well a linear read-out answers a question about the hidden features.',
    healthy: 'Signal above 0.9; probe accuracy dips when the thresholds start, then climbs above 0.8.',
    otherwise: 'Both low: the weights hold noise. Raise the overlap in a running masked run and watch the signal drain away.',
  },
  filters: {
    shows: 'Orientation selectivity: how strongly a filter prefers one direction (median). Kurtosis: how rarely and strongly neurons answer.',
    healthy: 'With masks both rise when the thresholds start: orientation above 0.7, kurtosis above 3.',
    otherwise: 'Flat at 0.2 and 0: the filters are noise. Masks and thresholds are both needed.',
  },
  shape: {
    shows: 'Spectral spread: share of all frequencies a filter uses (noise 0.5, a grating 0.03). Window: share of its energy in its best small window.',
    healthy: 'Spread falls under 0.07; window rises slowly.',
    otherwise: 'A high spread is noise or a checkerboard.',
  },
  variety: {
    shows: 'Clusters: how many neurons differ from each other. Agreement: correlation of the representation between the two views; without a known dictionary it cannot be split into signal and noise.',
    healthy: 'Most neurons distinct, agreement about 0.6.',
    otherwise: 'Few clusters: neurons copy each other. Agreement of exactly 1 means identical views.',
  },
  cost: {
    shows: 'Time of a training step, and the share of the trainer’s time that the measuring takes (over the last 100 steps).',
    healthy: 'A steady step time and a probe share within the budget (0.08 by default).',
    otherwise: 'Step time climbing: something else uses the cores. Probe share too high: lower the probe budget.',
  },
  norms: {
    shows: 'Size of the gradient and of the weights.',
    healthy: 'Weights grow, then settle; the gradient calms down with the learning rate.',
    otherwise: 'Weights shrinking to 0: too much decay, invisible to measures that ignore scale. Growing without end: divergence.',
  },
  collapse: {
    shows: 'What the detectors say, kind by kind. The bar is how near to its limit the measure is: full is at the limit.',
    healthy: 'Every kind reads ok. The run without augmentation reports decoupling, rightly.',
    otherwise: 'The events below say when and why. Pause the run, move a knob back, and the state clears when the measure recovers.',
  },
  events: {
    shows: 'Everything that happened to these runs, newest first; each is also a mark on the charts.',
    healthy: 'Stages, and the knobs you moved.',
    otherwise: 'Collapse events name the measure that crossed its limit.',
  },
};

/** Why a panel is not drawn for this experiment. */
export const NO_TRUTH =
  'Noise and signal, and which features were found, cannot be told apart here: these data have no known dictionary. The filters speak instead.';

export const COLLAPSE_MEANING = {
  complete: 'all samples look the same',
  dimensional: 'few directions are used',
  neuron: 'most neurons never fire',
  decoupling: 'noise travels with the signal',
  no_learning: 'the loss stays at chance',
  divergence: 'values run away',
};
