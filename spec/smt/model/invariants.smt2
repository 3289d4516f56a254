; SPDX-License-Identifier: MIT
; uses: state
; What is true of every state that a VM can come to. A new VM has each of these, and each operation keeps each of them: the matrix
; (../matrix) is made of all of these against all operations. Every function here with a state as its only argument is one of them,
; but for the last, which is all of them together.

; A slot has pages, not too many, and ends within memory. STATE-2
(define-fun slots-lie-in-memory ((s State)) Bool
  (forall ((id SlotId))
    (let ((it (select (slots s) id)))
      (=> ((_ is slot) it)
          (and (not (= (pages it) #x0000000000000000)) (bvule (pages it) most-pages-of-a-slot)
               (bvule (base it) (bvsub end-of-memory (pages it)))))))) ; difference: HIGHEST-BASE

; No page that exists lies in two slots. STATE-2
(define-fun slots-never-overlap ((s State)) Bool
  (forall ((one SlotId) (other SlotId) (page Gfn))
    (! (=> (and (select (exist s) page) (holds (select (slots s) one) page) (holds (select (slots s) other) page)) (= one other))
       :pattern ((select (slots s) one) (select (slots s) other) (select (exist s) page)))))

; The pages that exist are the pages of the slots. STATE-2
(define-fun pages-of-slots-exist ((s State)) Bool
  (forall ((id SlotId) (page Gfn))
    (! (=> (holds (select (slots s) id) page) (select (exist s) page))
       :pattern ((select (slots s) id) (select (exist s) page)))))
(define-fun pages-that-exist-lie-in-a-slot ((s State)) Bool
  (forall ((page Gfn))
    (=> (select (exist s) page) (exists ((id SlotId)) (holds (select (slots s) id) page)))))

; They all lie below the end of memory. CREATE-SLOT-CHECK-3
(define-fun pages-lie-below-the-end-of-memory ((s State)) Bool
  (forall ((page Gfn)) (=> (select (exist s) page) (bvult page end-of-memory))))

; Only pages that exist are dirty. G2
(define-fun dirty-pages-exist ((s State)) Bool
  (forall ((page Gfn)) (=> (select (dirty s) page) (select (exist s) page))))

; Pages are dirty only while the VM is migrating, with CMMA enabled. G2
(define-fun pages-are-dirty-only-while-migrating ((s State)) Bool
  (forall ((page Gfn)) (=> (select (dirty s) page) (and (migrating s) (enabled s)))))

; Attributes are usage and no-DAT. G11
(define-fun attributes-are-usage-and-no-dat ((s State)) Bool
  (forall ((page Gfn)) (= (bvand (select (attributes s) page) (bvnot attribute-bits)) #x00)))

; What is not a page is blank. STATE-3, STATE-4
(define-fun what-is-no-page-is-blank ((s State)) Bool
  (forall ((page Gfn))
    (=> (not (select (exist s) page)) (and (= (select (attributes s) page) #x00) (= (select (content s) page) resident)))))

; CMMA is used only where it is enabled, and enabled only where the host has it. ENABLE-CMMA-CHECK-1
(define-fun used-only-if-enabled ((s State)) Bool (=> (used s) (enabled s)))
(define-fun enabled-only-if-the-host-has-cmma ((s State)) Bool (=> (enabled s) (host-has-cmma s)))

; vCPUs are counted from 0. CREATE-VCPU-1
(define-fun vcpus-are-counted-from-zero ((s State)) Bool (>= (vcpu-count s) 0))

; All of them.
(define-fun invariant ((s State)) Bool
  (and (slots-lie-in-memory s) (slots-never-overlap s) (pages-of-slots-exist s) (pages-that-exist-lie-in-a-slot s)
       (pages-lie-below-the-end-of-memory s) (dirty-pages-exist s) (pages-are-dirty-only-while-migrating s)
       (attributes-are-usage-and-no-dat s) (what-is-no-page-is-blank s)
       (used-only-if-enabled s) (enabled-only-if-the-host-has-cmma s) (vcpus-are-counted-from-zero s)))
