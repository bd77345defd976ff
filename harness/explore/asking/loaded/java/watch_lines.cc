// Has a program of Java's tell which of its lines it reaches: each once, as FILE:LINE, in the file
// that CHATSPEC_REACHED names.
//
// The virtual machine loads it before the program (-agentpath in JAVA_TOOL_OPTIONS). Each line of a
// class gets a breakpoint when the class is ready, which goes when it is met: a line costs time
// once, and the bytecode stays as it is. Classes of Java's own library are not watched.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <jvmti.h>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

// What the machine allocates for us, and takes back.
template <typename T>
class Lent {
 public:
  explicit Lent(jvmtiEnv* machine) : machine_(machine) {}
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  ~Lent() {
    if (data_ != nullptr) machine_->Deallocate(reinterpret_cast<unsigned char*>(data_));
  }

  T** place() { return &data_; }
  const T* get() const { return data_; }

 private:
  jvmtiEnv* machine_;
  T* data_ = nullptr;
};

// The lines of a method, each with the place in its bytecode at which it begins.
class LineTable {
 public:
  LineTable(jvmtiEnv* machine, jmethodID method) : entries_(machine) {
    // A native method has none, nor has what was compiled without.
    if (machine->GetLineNumberTable(method, &count_, entries_.place()) != JVMTI_ERROR_NONE)
      count_ = 0;
  }

  std::span<const jvmtiLineNumberEntry> entries() const {
    return {entries_.get(), static_cast<std::size_t>(count_)};
  }

 private:
  jint count_ = 0;
  Lent<jvmtiLineNumberEntry> entries_;
};

// The file that is told to, and what was told.
class Telling {
 public:
  // Whether the file could be opened.
  bool begin(const char* path) {
    file_ = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    return file_ >= 0;
  }

  void tell(std::string_view file, jint line) {
    std::string place = std::string(file) + ":" + std::to_string(line) + "\n";
    const std::lock_guard lock(mutex_);
    if (!told_.insert(place).second) return;
    // What cannot be told is not told.
    [[maybe_unused]] const ssize_t written = write(file_, place.data(), place.size());
  }

 private:
  int file_ = -1;
  std::mutex mutex_;
  std::set<std::string> told_;
};

Telling& telling() {
  static Telling& kept = *new Telling;  // threads of the program may outlive its statics
  return kept;
}

bool is_own(jvmtiEnv* machine, jclass type) {
  jobject loader = nullptr;
  if (machine->GetClassLoader(type, &loader) != JVMTI_ERROR_NONE || loader == nullptr) return false;
  Lent<char> signature(machine);
  if (machine->GetClassSignature(type, signature.place(), nullptr) != JVMTI_ERROR_NONE)
    return false;
  constexpr std::array<std::string_view, 5> kLibrary{"Ljava/", "Ljavax/", "Ljdk/", "Lsun/",
                                                     "Lcom/sun/"};
  const std::string_view name = signature.get();
  return std::ranges::none_of(kLibrary, [&](auto begin) { return name.starts_with(begin); });
}

void JNICALL watch_class(jvmtiEnv* machine, JNIEnv*, jthread, jclass type) {
  if (!is_own(machine, type)) return;
  jint count = 0;
  Lent<jmethodID> methods(machine);
  if (machine->GetClassMethods(type, &count, methods.place()) != JVMTI_ERROR_NONE) return;
  for (jmethodID method : std::span(methods.get(), static_cast<std::size_t>(count))) {
    const LineTable lines(machine, method);
    for (const jvmtiLineNumberEntry& entry : lines.entries())
      machine->SetBreakpoint(method, entry.start_location);
  }
}

void JNICALL reach(jvmtiEnv* machine, JNIEnv*, jthread, jmethodID method, jlocation location) {
  machine->ClearBreakpoint(method, location);
  jclass type = nullptr;
  if (machine->GetMethodDeclaringClass(method, &type) != JVMTI_ERROR_NONE) return;
  Lent<char> file(machine);
  if (machine->GetSourceFileName(type, file.place()) != JVMTI_ERROR_NONE) return;
  const LineTable lines(machine, method);
  for (const jvmtiLineNumberEntry& entry : lines.entries())
    if (entry.start_location == location) telling().tell(file.get(), entry.line_number);
}

// Whether the machine takes us; a program that cannot be watched runs unwatched.
bool watch(JavaVM* java) {
  const char* path = std::getenv("CHATSPEC_REACHED");
  void* found = nullptr;
  if (path == nullptr || java->GetEnv(&found, JVMTI_VERSION_1_2) != JNI_OK) return false;
  auto* machine = static_cast<jvmtiEnv*>(found);
  jvmtiCapabilities wanted{};
  wanted.can_generate_breakpoint_events = 1;
  wanted.can_get_line_numbers = 1;
  wanted.can_get_source_file_name = 1;
  jvmtiEventCallbacks callbacks{};
  callbacks.ClassPrepare = watch_class;
  callbacks.Breakpoint = reach;
  if (machine->AddCapabilities(&wanted) != JVMTI_ERROR_NONE || !telling().begin(path) ||
      machine->SetEventCallbacks(&callbacks, sizeof callbacks) != JVMTI_ERROR_NONE)
    return false;
  for (const jvmtiEvent event : {JVMTI_EVENT_BREAKPOINT, JVMTI_EVENT_CLASS_PREPARE})
    if (machine->SetEventNotificationMode(JVMTI_ENABLE, event, nullptr) != JVMTI_ERROR_NONE)
      return false;
  return true;
}

}  // namespace

extern "C" JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM* java, char*, void*) {
  watch(java);
  return JNI_OK;
}
