# Builds what Lambda runs. `sam build` calls build-EventBridgeFunction in a copy of this folder; people call package.
#
#   make package                      artifacts/package-arm64.zip
#   make package ARCHITECTURE=x86_64  artifacts/package-x86_64.zip
#
# ARCHITECTURE is the template's parameter Architecture. sam tells a Makefile nothing of it, so give it in the environment too.

ARCHITECTURE ?= arm64
PROJECT := src/Flashduty.Lambda
OUT := artifacts/publish-$(ARCHITECTURE)
ARTIFACTS_DIR ?= artifacts/$(ARCHITECTURE)
PACKAGE := artifacts/package-$(ARCHITECTURE).zip

# The newest that Amazon Linux 2023 (provided.al2023) has.
GLIBC := 2.34

RID_arm64 := linux-arm64
RID_x86_64 := linux-x64
RID := $(RID_$(ARCHITECTURE))
TRIPLE_arm64 := aarch64-linux-gnu
TRIPLE_x86_64 := x86_64-linux-gnu
TRIPLE := $(TRIPLE_$(ARCHITECTURE))
CROSS_PACKAGES_arm64 := clang gcc-aarch64-linux-gnu libc6-dev-arm64-cross
CROSS_PACKAGES_x86_64 := clang gcc-x86-64-linux-gnu libc6-dev-amd64-cross

HOST := $(shell uname -s) $(patsubst aarch64,arm64,$(shell uname -m))
PUBLISH := dotnet publish $(PROJECT) -c Release -r $(RID) -o $(OUT)
ifneq ($(HOST),Linux $(ARCHITECTURE))
  PUBLISH += -p:CppCompilerAndLinker=clang -p:ObjCopyName=$(TRIPLE)-objcopy
endif

# What the package holds beside the executable, if it is there.
FILES := $(wildcard routes.json alerts.json)
ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
LOCAL := dotnet run -c Release --project $(ROOT)src/Flashduty.Lambda.Local --

.PHONY: build-EventBridgeFunction check package presets toolchain

build-EventBridgeFunction: toolchain check
	rm -rf $(OUT)
	$(PUBLISH)
	@needs=$$(LC_ALL=C readelf --version-info --wide $(OUT)/bootstrap | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1); \
	newest=$$(printf '%s\nGLIBC_$(GLIBC)\n' "$$needs" | sort -V | tail -n 1); \
	if [ "$$newest" != GLIBC_$(GLIBC) ]; then \
	  echo "The executable needs $$needs, but Lambda's provided.al2023 has $(GLIBC): this system is too new to link for it." >&2; \
	  echo "Build in a container: sam build --use-container" >&2; \
	  exit 1; \
	fi
	mkdir -p "$(ARTIFACTS_DIR)"
	rm -f "$(ARTIFACTS_DIR)/routes.json" "$(ARTIFACTS_DIR)/alerts.json"
	install -m 755 $(OUT)/bootstrap "$(ARTIFACTS_DIR)/bootstrap"
	@for file in $(FILES); do install -v -m 644 $$file "$(ARTIFACTS_DIR)/$$file"; done

# A file with an error is not packed: the function would ignore it, and send every alert to the integration key.
check:
	@for file in $(FILES); do $(LOCAL) $${file%.json} --check $$file || { echo "$$file has errors. Nothing was packed." >&2; exit 1; }; done

# The zip that Lambda takes, and the template that names it, for `aws cloudformation package`.
package: build-EventBridgeFunction
	@command -v zip >/dev/null || { echo "zip is missing: apt-get install zip" >&2; exit 1; }
	rm -f $(PACKAGE)
	@# One time in one time zone: the same files make the same zip.
	cd "$(ARTIFACTS_DIR)" && set -- bootstrap $(FILES) && touch -d 2020-01-01T00:00:00Z "$$@" \
	  && TZ=UTC zip -q -X -9 "$(CURDIR)/$(PACKAGE)" "$$@"
	sed 's|^\( *CodeUri:\) \.$$|\1 package-$(ARCHITECTURE).zip|; /^  Architecture:$$/,/Default:/s|Default: .*|Default: $(ARCHITECTURE)|' \
	  template.yaml > artifacts/template-$(ARCHITECTURE).yaml

# After a change of organization/presets.json.
presets:
	python3 organization/generate.py

toolchain:
ifeq ($(RID),)
	@echo "ARCHITECTURE is \"$(ARCHITECTURE)\": use arm64 or x86_64." >&2; exit 1
endif
	@command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
ifneq ($(firstword $(HOST)),Linux)
	@echo "Native AOT cannot build for Linux on $(firstword $(HOST)). Build in a container: sam build --use-container" >&2; exit 1
endif
ifneq ($(HOST),Linux $(ARCHITECTURE))
	@# What the publish will do at its end, tried on an empty program.
	@command -v $(TRIPLE)-objcopy >/dev/null \
	  && echo 'int main(void) { return 0; }' | clang --target=$(TRIPLE) -fuse-ld=bfd -x c - -lm -ldl -o /dev/null 2>/dev/null \
	  || { \
	    echo "This $(lastword $(HOST)) machine has no toolchain for $(ARCHITECTURE). One of these helps:" >&2; \
	    echo "  apt-get install $(CROSS_PACKAGES_$(ARCHITECTURE))" >&2; \
	    echo "  ARCHITECTURE=$(lastword $(HOST)) sam build --config-env $(lastword $(HOST))   (and deploy with Architecture=$(lastword $(HOST)))" >&2; \
	    echo "  sam build --use-container" >&2; \
	    exit 1; \
	  }
endif
