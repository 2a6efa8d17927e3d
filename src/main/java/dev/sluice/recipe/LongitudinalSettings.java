package dev.sluice.recipe;

/** Settings of {@link Longitudinal}. */
public record LongitudinalSettings(
    RunSettings run,
    @Setting(value = "lambda, weight of the direction loss", min = 0, max = 1000)
        double directionWeight,
    @Setting(value = "width of the embedding", min = 1, max = 1024) int outputs,
    @Setting(value = "width of the hidden layers", min = 1, max = 4096) int hidden) {}
