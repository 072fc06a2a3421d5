# shellcheck shell=bash
# Tests when the launcher builds and how it starts the program. Sourced by run, whose functions it uses.

# A JDK whose java prints how it was started, and a Maven that notes each build. Where there is a file target/hang, it makes
# half a jar and waits, once.
pretend=$work/pretend
mkdir -p "$pretend/jdk/bin" "$pretend/bin"
printf 'JAVA_VERSION="25.0.1"\n' >"$pretend/jdk/release"
cat >"$pretend/jdk/bin/java" <<'END'
#!/bin/sh
printf 'LC_ALL=%s\n' "${LC_ALL-}" && printf 'argument=%s\n' "$@"
END
cat >"$pretend/bin/mvn" <<'END'
#!/bin/sh
case "$*" in
  *-v*) echo "Apache Maven 9.9.9" ;;
  *)
    echo build >>target/builds
    mkdir -p collab/cli/target/lib collab/service-cli/target/lib
    if [ -f target/hang ]; then
      rm target/hang
      echo half >collab/cli/target/glimpse.jar
      echo $$ >target/maven.next && mv target/maven.next target/maven
      exec sleep 60
    fi
    echo jar >collab/cli/target/glimpse.jar
    case "$*" in *collab/service-cli*) echo jar >collab/service-cli/target/service.jar ;; esac
    ;;
esac
END
cp "$pretend/jdk/bin/java" "$pretend/jdk/bin/javac"
chmod +x "$pretend/jdk/bin/java" "$pretend/jdk/bin/javac" "$pretend/bin/mvn"

# new_clone FOLDER: makes a clone with a source in each module
new_clone() {
  local module
  clone=$1
  mkdir -p "$clone/scripts" "$clone/.mvn" "$clone/target"
  cp -R "$ROOT/scripts/glimpse" "$ROOT/scripts/lib" "$clone/scripts/"
  echo '<project/>' | tee "$clone/pom.xml" >"$clone/.mvn/jvm.config"
  for module in engine weights-converter collab collab/core collab/page collab/evaluation collab/cli collab/service-proto \
    collab/service collab/service-cli; do
    mkdir -p "$clone/$module/src/main"
    echo '<project/>' >"$clone/$module/pom.xml"
    echo 'class A {}' >"$clone/$module/src/main/A.java"
  done
}

# launch ARGUMENTS...: starts the clone's program in the given locale
launch() {
  env -i HOME="$work/home" PATH="$pretend/bin:$PATH" JAVA_HOME="$pretend/jdk" ${locale:+LC_ALL="$locale"} \
    bash "$clone/scripts/glimpse" "$@" >"$work/out" 2>&1
}
builds() { [ "$(grep -c build "$clone/target/builds")" = "$1" ]; }

new_clone "$work/plain clone"
check "a clone is built at its first start" launch 'an argument'
check "and the program gets its arguments" says '^argument=an argument$'
check "once" builds 1
check "an unchanged clone" launch
check "isn't built again" builds 1
touch -t 203801010000 "$clone/engine/src/main/A.java"
check "a source from the future" launch
check "isn't a change" builds 1
echo 'class B {}' >"$clone/collab/cli/src/main/A.java"
touch -t 200101010000 "$clone/collab/cli/src/main/A.java"
check "an older source with other contents" launch
check "is one" builds 2
mv "$clone/engine/src/main/A.java" "$clone/engine/src/main/C.java"
check "a renamed source" launch
check "is one, too" builds 3
locale=C check "in the C locale" launch
check "Java runs in one whose names are UTF-8" says '^LC_ALL=.*UTF-8$'
locale=xx_XX.ISO-8859-1 check "in a locale that isn't there" launch
check "it does, too" says '^LC_ALL=.*UTF-8$'
check "a closed standard output" fails eval 'launch_closed() { bash "$clone/scripts/glimpse" >&-; }; PATH=$pretend/bin:$PATH JAVA_HOME=$pretend/jdk launch_closed 2>"$work/out"'
check "opens nothing in its place" builds 3
streams=$(sed -n '/^open_streams() {/,/^}/p' "$ROOT/scripts/lib/start.sh")
check "a closed standard input" eval '[ -z "$(bash -c "$streams; open_streams; cat" <&- 2>&1)" ]'
check "and an open one" eval '[ "$(echo x | bash -c "$streams; open_streams; cat" 2>&1)" = x ]'
check "stay what they are to a program; a closed error stream" eval '[ "$(bash -c "$streams; open_streams; echo x >&2; echo y" 2>&-)" = y ]'
check "and a closed output" fails eval 'bash -c "$streams; open_streams; echo y" >&- 2>"$work/out"'

state() { cat "$clone"/target/launch/*/state; }
if find "$clone/pom.xml" -printf '' 2>/dev/null; then
  before=$(state)
  touch "$clone/engine/src/main/C.java"
  check "a source that was only touched" launch
  check "is read, but not built" builds 3
  check "nor read again" eval '[ "$(state)" != "$before" ]'
fi

: >"$work/image.jpg"
check "a command for one image" launch classify --model m "$work/image.jpg"
check "compiles the kernels at once" says '^argument=-XX:CompileCommand=CompileThresholdScaling,glimpse.engine.kernel'
check "one for a folder" launch classify --model m "$work"
check "doesn't" fails says CompileCommand

mkdir -p "$clone/bench/src/main"
echo '<project/>' >"$clone/bench/pom.xml"
cp "$ROOT/scripts/bench" "$clone/scripts/"
benchmark() {
  env -i HOME="$work/home" PATH="$pretend/bin:$PATH" JAVA_HOME="$pretend/jdk" bash "$clone/scripts/bench" "$@" >"$work/out" 2>&1
}
for subset in models peers servers spark; do
  check "help with $subset" benchmark $subset --help
  check "of bench is bench's own" says '^usage: scripts/bench SUBSET'
done
check "and builds nothing" builds 3
check "help with a subset that has a program" benchmark service --model TINY -h
check "is the program's, which is built" builds 4
check "and needs no other program" says '^argument=--help$'
cp "$ROOT/scripts/demo" "$ROOT/scripts/chaos" "$clone/scripts/"
mkdir -p "$clone/demo" && : >"$clone/demo/point.json"
helps() { env -i PATH="$pretend/bin:$PATH" JAVA_HOME="$pretend/jdk" bash "$clone/scripts/$1" "${@:2}" >"$work/out" 2>&1; }
check "help with the demo" helps demo --help
check "names its options" says '^  --out DIR '
check "help with chaos" helps chaos service --help
check "does, too" says '^  --minutes M '
check "and both do nothing" builds 4

# A jlink whose runtime is the pretended one
cat >"$pretend/jdk/bin/jlink" <<'END'
#!/bin/sh
while [ "$1" != --output ]; do shift; done
mkdir -p "$2/bin" && cp "${0%/*}/java" "$2/bin/"
END
chmod +x "$pretend/jdk/bin/jlink"
image() {
  (cd "$work" && env -i HOME="$work/home" PATH="$pretend/bin:$PATH" JAVA_HOME="$pretend/jdk" bash "$clone/scripts/image" "$@") >"$work/out" 2>&1
}
run_image() { (cd / && env -i PATH="$PATH" "$@") >"$work/out" 2>&1; }
cp "$ROOT/scripts/image" "$clone/scripts/"
check "an image is made" image --out "the image"
check "and nothing is built for it" builds 4
check "a folder that exists isn't replaced" fails image --out "the image"
check "and named" says "the image exists"
check "an unknown option is named" fails image --in x
check "as it is" says "unknown option '--in'"
mv "$work/the image" "$work/moved image"
mkdir -p "$work/home"
ln -s "../moved image/bin/glimpse" "$work/home/glimpse"
check "a moved image starts through a link" run_image "$work/home/glimpse" classify --model m 'an image'
check "with its own jar" says "^argument=$work/moved image/lib/glimpse.jar\$"
check "and its archive" says "^argument=-XX:SharedArchiveFile=$work/moved image/glimpse.jsa\$"
check "and its arguments" says '^argument=an image$'
check "in a UTF-8 locale" says '^LC_ALL=C.UTF-8$'
check "and compiles the kernels at once" says '^argument=-XX:CompileCommand=CompileThresholdScaling,glimpse.engine.kernel'

# interrupt_build COMMAND: starts the clone's program and kills it, and Maven, in the middle of the build
interrupt_build() {
  local starter
  rm -f "$clone/target/maven"
  : >"$clone/target/hang"
  set -m # a process group of its own
  launch "$1" &
  starter=$!
  set +m
  until [ -f "$clone/target/maven" ]; do
    kill -0 "$starter" 2>/dev/null || return 1
    sleep 0.1
  done
  kill -9 -- "-$starter"
  ! wait "$starter" 2>/dev/null
}

# started_whole FOLDER: whether the program was started from a build in a folder of target, and that is whole
started_whole() {
  local jar
  jar=$(sed -n "s|^argument=\(.*/target/$1/.*/glimpse.jar\):.*|\1|p" "$work/out")
  [ "$(cat "$jar")" = jar ] && { [ "$1" = launch ] || [ -f "${jar%/*}/lib/service.jar" ]; }
}

# two_at_once COMMAND FOLDER: starts the clone's program twice at the same time, from one build that is whole
two_at_once() {
  local first second
  (work=$work/first && mkdir -p "$work" && launch "$1" && started_whole "$2") &
  first=$!
  (work=$work/second && mkdir -p "$work" && launch "$1" && started_whole "$2") &
  second=$!
  wait "$first" && wait "$second"
}

for program in 'info launch' 'serve launch-service'; do
  command=${program% *} folder=${program#* }
  new_clone "$work/killed $command"
  check "$command: a build" interrupt_build "$command"
  check "$command: that was killed" absent "$clone/target/$folder/current"
  check "$command: leaves the next start" launch "$command"
  check "$command: a whole program" started_whole "$folder"
  check "$command: which it builds" builds 2
  echo 'class D {}' >"$clone/engine/src/main/A.java"
  check "$command: a build after a change" interrupt_build "$command"
  check "$command: that was killed, too, leaves the next start" launch "$command"
  check "$command: a whole one" started_whole "$folder"
  check "$command: of the new sources" builds 4
  echo 'class E {}' >"$clone/engine/src/main/A.java"
  check "$command: two starts at once" two_at_once "$command" "$folder"
  check "$command: make one build" builds 5
done

mkdir "$work/gone"
check "from a folder that is gone" fails eval '(cd "$work/gone" && rmdir "$work/gone" && launch)'
check "it says so" says "^the current folder doesn't exist any more"

odd=$work/$'a b\'"$HOME;*?[x]#%!&~\303\251'
new_clone "$odd"
check "a clone's path may hold any character" launch
check "as it is" eval 'grep -qF "argument=$clone/target/launch/" "$work/out"'
new_clone "$work/c:d"
check "but a colon" fails launch
check "for which one line says why" says "Java can't run from a path with a colon"

new_clone "$work/read-only"
rmdir "$clone/target" && : >"$clone/target" # not even root can make a folder in it
check "a clone that can't be written and isn't built" fails launch
check "says so" says "glimpse isn't built, and $clone/target/launch can't be written"
check "in one line" eval '[ "$(wc -l <"$work/out")" -eq 1 ]'
