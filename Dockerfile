# The image of Sluice, for 64-bit x86 (the libraries of the pom are for that).
#
#   docker build --tag sluice .
#   docker run --rm --publish 127.0.0.1:8080:8080 --env SLUICE_TOKEN=... --volume sluice-runs:/data sluice
#   docker run --rm --env SLUICE_TOKEN=... sluice run wen-li --fail-on-collapse
#
# docker-compose.yml runs it with Prometheus, Alertmanager and Grafana.
#
# Verified without an engine: every command of both stages, in the same order, from an empty Maven repository, and the
# program in a chroot of a minimal Debian with a read-only root, as uid 10001, without a home. Not verified: the build by
# an engine, on these base images.

# ---- build

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /src

# Without sources this makes an empty jar, and fetches libraries and plugins: a layer that stays until the pom changes.
COPY pom.xml ./
COPY .mvn .mvn
RUN mvn -B -ntp -q -Dmaven.test.skip=true package

COPY src/main src/main
RUN mvn -B -ntp -q -Dmaven.test.skip=true package

# ---- run

FROM eclipse-temurin:17.0.19_10-jre-noble

RUN groupadd --gid 10001 sluice \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin sluice \
 && install --directory --owner=10001 --group=10001 /data /run/sluice

WORKDIR /opt/sluice
COPY LICENSE NOTICE ./
COPY --from=build /src/target/lib lib
COPY --from=build /src/target/sluice.jar ./

# One thread for a matrix product, as ./sluice has it. Inside a container an address of its own means every address.
ENV OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    SLUICE_HOST=0.0.0.0

# A short run: it unpacks the native libraries (400 MB, which JavaCPP wants in a folder it may write to, so it belongs to
# the user), keeps the classes as the JVM has them after a start, and fails the build where the program does not run.
RUN java -Xmx1g -Dorg.bytedeco.javacpp.maxphysicalbytes=4g -Djava.awt.headless=true -XX:+UseSerialGC -XX:-UsePerfData \
      -Dorg.bytedeco.javacpp.cachedir=/opt/sluice/natives -XX:ArchiveClassesAtExit=/opt/sluice/sluice.jsa \
      -Xlog:disable -jar /opt/sluice/sluice.jar run wen-li --steps 60 --host 127.0.0.1 --port 0 --data-dir /tmp/first \
 && chown -R 10001:10001 natives \
 && rm -rf /tmp/*

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080

# The base image has wget. The path is open without the token.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["wget", "--quiet", "--output-document=/dev/null", "http://127.0.0.1:8080/health/ready"]

# The options of ./sluice. More of them: --env JDK_JAVA_OPTIONS=...
ENTRYPOINT ["java", "-Xmx1g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=4g", "-Djava.awt.headless=true", \
  "-XX:+UseSerialGC", "-XX:-UsePerfData", \
  "-XX:SharedArchiveFile=/opt/sluice/sluice.jsa", "-Xshare:auto", "-Xlog:cds=off", "-Xlog:class+path=off", \
  "-Dorg.bytedeco.javacpp.cachedir=/opt/sluice/natives", \
  "-jar", "/opt/sluice/sluice.jar"]
CMD ["demo"]
