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
  tree: {
    shows: 'How well the net knows the hidden states of the tree its data descend from: the best correlation of a hidden unit with each, averaged over a level; at the root also over the most that can be known from the leaves. The claim: contrast alone, without labels, finds them.',
    healthy: 'The root climbs past 0.9 of its ceiling, most of it within some hundred steps. The gain is at the top: the lowest level stands high from the start.',
    otherwise: 'The root stands still or falls: too few units a node (with 2 a net may die), or edges that copy too little.',
  },
  operator: {
    shows: 'Norm of the covariance operator: how strongly the contrast between roots drives the weights of a level. The theory has the weights grow along it.',
    healthy: 'Near 0 at first, then up by orders of magnitude at the root while the correlation climbs.',
    otherwise: '0 and staying there: nothing reaches the output any more, every unit is dead. Start again with more units a node.',
  },
  dynamics: {
    shows: 'Std ratio: how spread out the embeddings are in direction. Norm: how long they are. The claim: a predictor together with a stop-gradient holds them up though nothing pushes apart. Dotted: how the theory of the linear net has them shrink without a predictor.',
    healthy: 'With hidden layer: a dip to about 0.6 in the first hundred steps, then up to 0.8. Linear: the norm settles.',
    otherwise: 'Std ratio towards 0, or a norm that falls without rest: collapse. Is there a predictor, and are gradients kept from the targets? Each measure is blind to one of the two.',
  },
  predictor: {
    shows: 'Mean eigenvalue of the predictor, and how far it and the second moments of the embeddings are from sharing their eigenvectors. Dotted: where the theory of the linear net has the eigenvalues rest.',
    healthy: 'Eigenvalues settle at the dotted line (0.8 without decay); the commutator falls towards 0 on the linear net.',
    otherwise: 'The dotted line at 0: weight decay is above the threshold beyond which only collapse is left. Turn the decay down.',
  },
  readout: {
    shows: 'What a linear read-out finds in the embedding, fitted on half of the samples and scored on the other: latents that the architecture can pick out, and those it cannot. The claim: with too few outputs for everything, the architecture decides.',
    healthy: 'Linear map or convolution: the first near 1, the other near 0. A ReLU layer without structure: the first clearly lower.',
    otherwise: 'The wrong latents lead: the architecture does not fit what is invariant, or there are too few or too many outputs.',
  },
  discrepancy: {
    shows: 'Mean squared distance of the two views of a sample after whitening: how far the network is from functions that do not change between views.',
    healthy: 'Falls, the lower the better the architecture fits; what can be made invariant comes near 0.',
    otherwise: 'Not drawn: the embedding does not span its dimensions. High and flat: no invariant function is within reach of this architecture.',
  },
  classes: {
    shows: 'Share of held-out samples that lie nearest to the mean of their own class (chance: one over the number of classes), and how much classes scatter within compared with between. The claim: with the sum over positives outside the logarithm classes come together, inside less, without labels not at all.',
    healthy: 'Sum outside: accuracy up, scatter down. Inside or without labels: accuracy stays, scatter grows; that is the comparison, not a fault.',
    otherwise: 'Accuracy falls from where it was: learning rate too high, or labels are wrong.',
  },
  latents: {
    shows: 'Whether the embedding is the latents that the data were made from: their span (R², by a linear map) and each by itself (MCC, best assignment of coordinates). The claim: contrast inverts what made the data.',
    healthy: 'Sphere: R² above 0.98; MCC means little there, for latents are found up to a rotation. Box with the fitting norm: both above 0.97, after a plateau at about 0.7 and a jump.',
    otherwise: 'Stays on the plateau: a higher learning rate, or a wider conditional. R² high and MCC low in a box: the norm of the loss does not fit the law of the positives.',
  },
  direction: {
    shows: 'Whether every subject moves the same way between two pictures: mean cosine of the moves with the learned direction, and how the place along it correlates with the true age. The claim: one direction shows the age of anybody.',
    healthy: 'Cosine up to above 0.99, correlation with the age near 0.9, with place or brightness well below it (about 0.4).',
    otherwise: 'Cosine stays low: raise the weight of the direction. Place or brightness as high as the age: it shows something else.',
  },
  order: {
    shows: 'Share of pairs whose later picture lies further along the direction. Chance is 0.5.',
    healthy: 'At 1 soon.',
    otherwise: 'Below 1 late in a run: the direction is lost; see the cosine.',
  },
  dimensions: {
    shows: 'How many dimensions carry the embeddings. Participation ratio: from the eigenvalues of the covariance. LiDAR: how many of them tell samples apart better than views of a sample differ.',
    healthy: 'Steady. Levels differ between systems: read them against the run’s own past.',
    otherwise: 'A steep fall is dimensional collapse, unless the method means it: one root of a tree, one direction for ageing, one point a class.',
  },
  redundancy: {
    shows: 'Mean correlation between two coordinates of the embedding, and the share of coordinates that are 0 on every sample.',
    healthy: 'Correlation low, no dead coordinate.',
    otherwise: 'Correlation towards 1: coordinates copy each other. Dead coordinates: too high a learning rate, or too few units.',
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

/** What other learners than the masked one make of the panels they share with it. */
const WITHOUT_MASKS = {
  loss: {
    shows: 'The loss of each step, faint as it came and firm smoothed. A grey line, where there is one, is the loss of a learner that knows nothing.',
    healthy: 'It falls, or settles after a first jump.',
    otherwise: 'At chance for long: nothing is learned. A low loss alone proves nothing: without negatives, or without labels where they matter, the lowest loss is that of a useless embedding.',
  },
  spread: {
    shows: EXPLAIN.spread.shows,
    healthy: 'Both steady after the first hundred steps. Levels differ between systems: 0.3 is healthy in a box of latents, 0.8 with batch normalisation.',
    otherwise: 'A std ratio on its way to 0 is complete collapse; a falling rank with a steady std ratio is dimensional collapse. Some methods lower the rank by design: classes drawn together, one direction for ageing, one root of a tree.',
  },
  collapse: {
    shows: EXPLAIN.collapse.shows,
    healthy: 'Every kind that is watched reads ok. A kind whose measures the run lacks is not watched.',
    otherwise: EXPLAIN.collapse.otherwise,
  },
};

/** @param masked whether the runs are those of the masked learner */
export function explainOf(id, masked) {
  return (masked ? undefined : WITHOUT_MASKS[id]) ?? EXPLAIN[id];
}

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
