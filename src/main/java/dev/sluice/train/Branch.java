package dev.sluice.train;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.loss.Objective;
import dev.sluice.loss.Role;
import dev.sluice.loss.Tensors;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Pass;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one of the two views in a step: its passes through the networks, and the way back
 * of the gradients, which meet at the embedding.
 */
final class Branch implements AutoCloseable {

  /** The roles that one of the views plays. */
  record Roles(Role view, Role embedding, Role prediction, Role target, Role reconstruction) {}

  static final Roles FIRST =
      new Roles(Role.VIEW0, Role.EMBEDDING0, Role.PREDICTION0, Role.TARGET0, Role.RECONSTRUCTION0);
  static final Roles SECOND =
      new Roles(Role.VIEW1, Role.EMBEDDING1, Role.PREDICTION1, Role.TARGET1, Role.RECONSTRUCTION1);

  private final Backend backend;
  private final Tensors tensors;
  private final Roles roles;
  private final Pass encoder;
  private final @Nullable Pass predictor;
  private final @Nullable Pass target;
  private final @Nullable Pass decoder;
  private final @Nullable Matrix embeddingGradient;
  private final @Nullable Matrix predictionGradient;
  private final @Nullable Matrix targetGradient;
  private final @Nullable Matrix reconstructionGradient;
  private final @Nullable Matrix part;
  private final boolean direct;

  Branch(
      Backend backend,
      Networks networks,
      Objective objective,
      Tensors tensors,
      Roles roles,
      int batch) {
    this.backend = backend;
    this.tensors = tensors;
    this.roles = roles;
    int width = networks.encoder().outputs();
    encoder = Pass.of(networks.encoder(), batch);
    predictor = passOf(networks.predictor(), batch);
    target = passOf(networks.target(), batch);
    decoder = passOf(networks.decoder(), batch);
    tensors.value(roles.embedding(), encoder.output());
    tensors.value(roles.prediction(), (predictor == null ? encoder : predictor).output());
    tensors.value(roles.target(), (target == null ? encoder : target).output());
    if (decoder != null) {
      tensors.value(roles.reconstruction(), decoder.output());
    }
    direct = objective.gives().contains(roles.embedding());
    predictionGradient = gradient(objective, roles.prediction(), batch, width);
    // what a copy of the encoder made is never propagated
    targetGradient = target == null ? gradient(objective, roles.target(), batch, width) : null;
    reconstructionGradient =
        gradient(objective, roles.reconstruction(), batch, networks.encoder().inputs());
    boolean indirect =
        predictionGradient != null || targetGradient != null || reconstructionGradient != null;
    embeddingGradient = direct || indirect ? backend.allocate(batch, width) : null;
    if (direct && embeddingGradient != null) {
      tensors.gradient(roles.embedding(), embeddingGradient);
    }
    part = indirect ? backend.allocate(batch, width) : null;
  }

  private static @Nullable Pass passOf(@Nullable Module<?> module, int batch) {
    return module == null ? null : Pass.of(module, batch);
  }

  private @Nullable Matrix gradient(Objective objective, Role role, int rows, int columns) {
    if (!objective.gives().contains(role)) {
      return null;
    }
    Matrix gradient = backend.allocate(rows, columns);
    tensors.gradient(role, gradient);
    return gradient;
  }

  void encode(Matrix view) {
    tensors.value(roles.view(), view);
    encoder.forward(view);
    if (target != null) {
      target.forward(view);
    }
  }

  void predict() {
    if (predictor != null) {
      predictor.forward(encoder.output());
    }
    if (decoder != null) {
      decoder.forward(encoder.output());
    }
  }

  Matrix embedding() {
    return encoder.output();
  }

  Pass encoder() {
    return encoder;
  }

  void backward() {
    if (embeddingGradient == null) {
      return;
    }
    if (!direct) {
      backend.clear(embeddingGradient);
    }
    if (predictionGradient != null) {
      through(predictor, predictionGradient, embeddingGradient);
    }
    if (targetGradient != null) {
      through(null, targetGradient, embeddingGradient);
    }
    if (reconstructionGradient != null) {
      through(decoder, reconstructionGradient, embeddingGradient);
    }
    encoder.backward(embeddingGradient, null);
  }

  /** Adds what comes back through a module, or the gradient itself where there is none. */
  private void through(@Nullable Pass module, Matrix gradient, Matrix sum) {
    if (module == null || part == null) {
      backend.addScaledRows(null, 1, gradient, sum);
      return;
    }
    module.backward(gradient, part);
    backend.addScaledRows(null, 1, part, sum);
  }

  @Override
  public void close() {
    encoder.close();
    for (Pass pass : new @Nullable Pass[] {predictor, target, decoder}) {
      if (pass != null) {
        pass.close();
      }
    }
    @Nullable Matrix[] own = {
      embeddingGradient, predictionGradient, targetGradient, reconstructionGradient, part
    };
    for (@Nullable Matrix matrix : own) {
      if (matrix != null) {
        matrix.close();
      }
    }
  }
}
