package dev.sluice.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The modules of a system.
 *
 * @param encoder from a view to its embedding; the head, if there is one, is its last part
 * @param predictor from an embedding to a guess of the other view's
 * @param target a copy of the encoder that is not trained but follows it
 * @param decoder from an embedding back to the view
 */
public record Networks(
    Module<?> encoder,
    @Nullable Module<?> predictor,
    @Nullable Module<?> target,
    @Nullable Module<?> decoder)
    implements AutoCloseable {

  public static Networks of(Module<?> encoder) {
    return new Networks(encoder, null, null, null);
  }

  /** Those that the loss trains. */
  public List<Module<?>> trained() {
    List<Module<?>> trained = new ArrayList<>();
    trained.add(encoder);
    if (predictor != null) {
      trained.add(predictor);
    }
    if (decoder != null) {
      trained.add(decoder);
    }
    return trained;
  }

  /** Every trained tensor, by the module it belongs to. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    add("encoder", encoder, parameters);
    add("predictor", predictor, parameters);
    add("decoder", decoder, parameters);
    return parameters;
  }

  private static void add(String path, @Nullable Module<?> module, List<Parameter> parameters) {
    if (module != null) {
      module.parameters().forEach(parameter -> parameters.add(parameter.under(path)));
    }
  }

  /** Flops of a training step of so many pairs: a backward pass costs two forward passes. */
  public double stepFlops(int pairs, int negatives) {
    double sample = encoder.flops();
    double trainedPerView = 3 * sample;
    if (predictor != null) {
      trainedPerView += 3 * predictor.flops();
    }
    if (decoder != null) {
      trainedPerView += 3 * decoder.flops();
    }
    if (target != null) {
      trainedPerView += target.flops();
    }
    return 2.0 * pairs * trainedPerView + negatives * 3 * sample;
  }

  @Override
  public void close() {
    for (Module<?> module : new @Nullable Module<?>[] {encoder, predictor, target, decoder}) {
      if (module != null) {
        module.close();
      }
    }
  }
}
