; SPDX-License-Identifier: MIT
; uses: state
; Small VMs for the questions whose answer must be sat: is a theorem's hypothesis possible at all, and does a broken model falsify its
; claim? Lines of a theorem that begin with `;? ` are read only then; they choose one of these VMs, so that the solver need not search.

(define-fun two-pages ((set Pages) (page Gfn)) Pages
  (store (store set page true) (bvadd page #x0000000000000001) true))
(define-fun eight-pages ((set Pages) (page Gfn)) Pages
  (two-pages (two-pages (two-pages (two-pages set page)
    (bvadd page #x0000000000000002)) (bvadd page #x0000000000000004)) (bvadd page #x0000000000000006)))
(define-fun forty-pages ((set Pages) (page Gfn)) Pages
  (eight-pages (eight-pages (eight-pages (eight-pages (eight-pages set page)
    (bvadd page #x0000000000000008)) (bvadd page #x0000000000000010)) (bvadd page #x0000000000000018)) (bvadd page #x0000000000000020)))

; One slot of two pages, 0 and 1, all resident. A number of vCPUs; what is on: Enabled, Used, Migrating; values and marks.
(define-fun two-page-vm
  ((vcpus Int) (is-enabled Bool) (is-used Bool) (is-migrating Bool) (values (Array Gfn Byte)) (marks Pages)) State
  (state true vcpus is-enabled is-used is-migrating
    (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (slot #x0000000000000000 #x0000000000000002 true))
    (two-pages no-page #x0000000000000000) values all-resident marks))
; The same, all stable.
(define-fun small-vm ((vcpus Int) (is-enabled Bool) (is-used Bool) (is-migrating Bool) (marks Pages)) State
  (two-page-vm vcpus is-enabled is-used is-migrating all-stable marks))

; One slot of forty pages, 0 to 39; CMMA is used, and migration mode is on.
(define-fun large-vm ((marks Pages)) State
  (state true 1 true true true
    (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (slot #x0000000000000000 #x0000000000000028 true))
    (forty-pages no-page #x0000000000000000) all-stable all-resident marks))
; The same VM without a page.
(define-fun with-a-hole ((vm State) (page Gfn)) State
  (state (host-has-cmma vm) (vcpu-count vm) (enabled vm) (used vm) (migrating vm) (slots vm)
    (store (exist vm) page false) (attributes vm) (content vm) (dirty vm)))
(define-fun page-0 () Pages (store no-page #x0000000000000000 true))

; Every page exists and is dirty: no VM that can be, but enough for theorems that ask for no invariant.
(define-fun endless-vm () State
  (state true 1 true true true ((as const (Array SlotId Slot)) no-slot)
    ((as const (Array Gfn Bool)) true) all-stable all-resident ((as const (Array Gfn Bool)) true)))

(define-fun blank-buffer () (Array (_ BitVec 64) Byte) ((as const (Array (_ BitVec 64) Byte)) #x00))
