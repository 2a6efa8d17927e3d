package dev.sluice.bench;

import dev.sluice.compute.Backend;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The benchmark: takes the measurements one after the other and says each line as it comes. */
public final class Bench {
  /** Each starts a run of its own and warms it up, so these are long. */
  private static final int PIPELINE_ROUNDS = 5;

  /** What a small system's step may cost beside its products. */
  private static final double FLOOR_FACTOR = 1.5;

  private static final double SLACK_MS = 0.2;

  private final BenchOptions options;
  private final Supplier<Backend> backends;
  private final @Nullable PipelineRate pipeline;
  private final @Nullable Systems systems;
  private final Consumer<String> out;

  /**
   * @param backends makes a backend for one thread
   * @param pipeline null where the whole pipeline is not to be measured
   * @param systems null where none but the learner of Wen and Li is to be measured
   * @param out receives the table line by line
   */
  public Bench(
      BenchOptions options,
      Supplier<Backend> backends,
      @Nullable PipelineRate pipeline,
      @Nullable Systems systems,
      Consumer<String> out) {
    this.options = options;
    this.backends = backends;
    this.pipeline = pipeline;
    this.systems = systems;
    this.out = out;
  }

  public BenchReport run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    BenchReport header =
        new BenchReport(
            date, Machine.describe(), Machine.versions(), List.of(), List.of(), List.of(), null);
    say("%s, %s", date, header.machine());
    say("%s", header.versions());
    List<BenchReport.Step> steps =
        options.parts().contains(BenchOptions.Part.STEP) ? steps() : List.of();
    List<BenchReport.Pipeline> rates =
        options.parts().contains(BenchOptions.Part.PIPELINE) ? pipeline() : List.of();
    List<BenchReport.SystemRate> rated =
        options.parts().contains(BenchOptions.Part.SYSTEMS) ? systems() : List.of();
    BenchReport.Memory memory =
        options.parts().contains(BenchOptions.Part.MEMORY) ? memory() : null;
    return new BenchReport(date, header.machine(), header.versions(), steps, rates, rated, memory);
  }

  private List<BenchReport.Step> steps() {
    say("");
    say(
        "The bare training step against its five matrix products, medians of %d rounds",
        options.rounds());
    say(
        "%-6s%9s%14s%14s%14s%10s",
        "size", "threads", "products ms", "step ms", "step reaches", "GF/s");
    List<BenchReport.Step> steps = new ArrayList<>();
    for (Size size : options.sizes()) {
      for (int threads : options.threads()) {
        steps.add(step(size, threads));
      }
    }
    return steps;
  }

  private BenchReport.Step step(Size size, int threads) {
    BlasThreads.use(threads);
    Rounds rounds = new Rounds(options.rounds(), options.seconds(), System::nanoTime);
    try (Backend backend = backends.get();
        Workload floor = new FiveProducts(backend, size);
        Workload bare = new BareStep(backend, size)) {
      Rounds.Times times = rounds.alternate(floor, bare);
      BenchReport.Step step =
          new BenchReport.Step(
              size,
              threads,
              times.medianOfFirst(),
              times.medianOfSecond(),
              times.medianRatio(),
              1e-6 * size.flops() / times.medianOfSecond(),
              times.first(),
              times.second());
      say(
          "%-6s%9d%14.3f%14.3f%12.1f %%%10.1f",
          size, threads, step.floorMs(), step.stepMs(), 100 * step.floorShare(), step.gigaflops());
      return step;
    }
  }

  private List<BenchReport.Pipeline> pipeline() {
    if (pipeline == null) {
      return List.of();
    }
    say("");
    say("The whole pipeline against the bare step loop, one BLAS thread");
    say("%-6s%16s%18s%16s", "size", "bare steps/s", "pipeline steps/s", "pipeline holds");
    BlasThreads.use(1);
    List<BenchReport.Pipeline> rates = new ArrayList<>();
    for (Size size : options.sizes()) {
      // fifty steps at L take half a minute, and tell nothing that M does not
      if (size != Size.L) {
        rates.add(pipeline(pipeline, size));
      }
    }
    return rates;
  }

  private BenchReport.Pipeline pipeline(PipelineRate rate, Size size) {
    List<Double> bare = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    for (int i = 0; i < Math.min(options.rounds(), PIPELINE_ROUNDS); i++) {
      bare.add(bareRate(size));
      whole.add(rate.measure(size, options.seconds()));
    }
    double bareMedian = Rounds.median(bare);
    double wholeMedian = Rounds.median(whole);
    say("%-6s%16.1f%18.1f%14.1f %%", size, bareMedian, wholeMedian, 100 * wholeMedian / bareMedian);
    return new BenchReport.Pipeline(size, bareMedian, wholeMedian, wholeMedian / bareMedian);
  }

  private double bareRate(Size size) {
    Rounds round = new Rounds(1, options.seconds(), System::nanoTime);
    try (Backend backend = backends.get();
        Workload bare = new BareStep(backend, size)) {
      return 1e3 / round.alone(bare);
    }
  }

  private List<BenchReport.SystemRate> systems() {
    if (systems == null) {
      return List.of();
    }
    say("");
    say("The step of each other system against its own products, one BLAS thread");
    say(
        "%-34s%10s%14s%10s%22s",
        "system", "products", "products ms", "step ms", "1.5 x and 0.2 ms");
    BlasThreads.use(1);
    List<BenchReport.SystemRate> rates = new ArrayList<>();
    for (String name : systems.names()) {
      rates.add(system(systems, name));
    }
    return rates;
  }

  private BenchReport.SystemRate system(Systems all, String name) {
    Rounds rounds = new Rounds(options.rounds(), options.seconds(), System::nanoTime);
    try (Backend floors = backends.get();
        Backend steps = backends.get();
        RecordedProducts floor =
            new RecordedProducts(
                floors, backend -> new SystemStep(all.open(name, backend), backend));
        SystemStep step = new SystemStep(all.open(name, steps), steps)) {
      Rounds.Times times = rounds.alternate(floor, step);
      double floorMs = times.medianOfFirst();
      double stepMs = times.medianOfSecond();
      double allowed = FLOOR_FACTOR * floorMs + SLACK_MS;
      say(
          "%-34s%10d%14.3f%10.3f%14.3f%8s",
          name, floor.count(), floorMs, stepMs, allowed, stepMs <= allowed ? "held" : "missed");
      return new BenchReport.SystemRate(name, floor.count(), floorMs, stepMs, allowed);
    }
  }

  private BenchReport.Memory memory() {
    Size size = options.sizes().get(0);
    say("");
    say("Memory over %d bare steps at %s, MiB", options.memorySteps(), size);
    say("%10s%12s%12s", "step", "heap", "resident");
    BlasThreads.use(1);
    try (Backend backend = backends.get();
        Workload bare = new BareStep(backend, size)) {
      MemoryWatch.Result result = MemoryWatch.watch(bare, options.memorySteps());
      for (BenchReport.MemorySample sample : result.samples()) {
        say(
            "%10d%12.2f%12.1f",
            sample.step(), mebibytes(sample.heapBytes()), mebibytes(sample.residentBytes()));
      }
      say("%.0f bytes allocated on the heap a step", result.heapBytesPerStep());
      return new BenchReport.Memory(size, result.samples(), result.heapBytesPerStep());
    }
  }

  private static double mebibytes(long bytes) {
    return bytes / (1024.0 * 1024.0);
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }
}
