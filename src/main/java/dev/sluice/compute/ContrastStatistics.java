package dev.sluice.compute;

/**
 * What the contrastive kernel knows for free about a batch.
 *
 * @param loss mean over the batch of {@code tau logsumexp - positive similarity}, in nats times
 *     tau, >= 0, lower is better
 * @param probability mean softmax probability of the positive, in (0, 1), higher is better, 1/n
 *     when blind
 * @param top1 share of anchors whose own positive has the largest similarity, in [0, 1]; among
 *     equals of a batch the first index is the largest, a tie with a shared negative wins nothing
 */
public record ContrastStatistics(double loss, double probability, double top1) {}
