; SPDX-License-Identifier: MIT
; The state of a VM (spec/clauses/state.md), the words of the ABI (spec/clauses/abi.md), and what every operation says of them.
; Every other file of the model builds on this one.
(set-logic ALL)

; A guest frame number is an unsigned 64-bit number, and so is a number of pages. ABI-9
(define-sort Gfn () (_ BitVec 64))
(define-sort Byte () (_ BitVec 8))
(define-sort SlotId () (_ BitVec 32))
; A set of pages: the array is true at the gfn of each member.
(define-sort Pages () (Array Gfn Bool))

; 16 clean pages in a row close a block. GET-BLOCK-4
(define-fun gap () Gfn #x0000000000000010)
; 2^52: one past the highest gfn that a page can have. CREATE-SLOT-CHECK-3
(define-fun end-of-memory () Gfn #x0010000000000000)
; 2^31 - 1: the most pages of one slot. CREATE-SLOT-CHECK-2
(define-fun most-pages-of-a-slot () Gfn #x000000007fffffff)
; Usage and no-DAT: all the bits that a value byte can have. ABI-7
(define-fun usage-bits () Byte #x03)
(define-fun no-dat () Byte #x40)
(define-fun attribute-bits () Byte #x43)

; What a page holds. STATE-4
(declare-datatypes ((Content 0)) (((resident) (preserved) (logically-zero))))

; A slot id names a slot, or none. STATE-2
(declare-datatypes ((Slot 0)) (((no-slot) (slot (base Gfn) (pages Gfn) (dirty-log Bool)))))

; The state. STATE-1 .. STATE-5
; The pages that exist are a set of their own, beside the slots: an invariant (invariants.smt2) says that they are the pages of the slots.
; So start can mark them all in one equation, and the walks of GET, PEEK and SET ask one array.
(declare-datatypes ((State 0)) (((state
  (host-has-cmma Bool)
  (vcpu-count Int)
  (enabled Bool)
  (used Bool)
  (migrating Bool)
  (slots (Array SlotId Slot))
  (exist Pages)
  (attributes (Array Gfn Byte))
  (content (Array Gfn Content))
  (dirty Pages)))))

(define-fun no-page () Pages ((as const (Array Gfn Bool)) false))
(define-fun all-stable () (Array Gfn Byte) ((as const (Array Gfn Byte)) #x00))
(define-fun all-resident () (Array Gfn Content) ((as const (Array Gfn Content)) resident))

; A new VM. STATE-1
(define-fun new-vm ((s State)) Bool
  (and (= (vcpu-count s) 0) (not (enabled s)) (not (used s)) (not (migrating s))
       (= (slots s) ((as const (Array SlotId Slot)) no-slot))
       (= (exist s) no-page)
       (= (attributes s) all-stable) (= (content s) all-resident) (= (dirty s) no-page)))

; The page lies between two pages, or is one of them.
(define-fun between ((page Gfn) (first Gfn) (last Gfn)) Bool
  (and (or (= page first) (bvult first page)) (or (= page last) (bvult page last))))

; The page is one of that many pages from a first one on; the slot holds the page. STATE-2
; These two are definitions, written as functions with their equations: so a solver sees at once that equal slots hold the same pages.
(declare-fun in-range (Gfn Gfn Gfn) Bool)
(assert (forall ((page Gfn) (first Gfn) (length Gfn))
  (! (= (in-range page first length) (and (bvule first page) (bvult (bvsub page first) length))) ; difference: PAGE-OF-RANGE
     :pattern ((in-range page first length)))))
(declare-fun holds (Slot Gfn) Bool)
(assert (forall ((s Slot) (page Gfn))
  (! (= (holds s page) (and ((_ is slot) s) (in-range page (base s) (pages s))))
     :pattern ((holds s page)))))

; The outcome of a call or an instruction. ABI-10
(declare-datatypes ((Outcome 0)) (((success) (ENXIO) (ENOMEM) (EFAULT) (EBUSY) (EEXIST) (EINVAL)
  (operation-exception) (specification-exception) (addressing-exception))))

; An operation is a relation of five: the state before, its arguments, the state after, its outcome, and what else it answers.
; Many have no arguments, or answer nothing else.
(declare-datatypes ((Nothing 0)) (((nothing))))

; An operation ends with this outcome, and nothing changes.
(define-fun ends-at-once ((before State) (after State) (outcome Outcome) (with Outcome)) Bool
  (and (= outcome with) (= after before)))

; What an operation leaves as it was.
(define-fun keeps-host ((before State) (after State)) Bool (= (host-has-cmma after) (host-has-cmma before)))
(define-fun keeps-vcpus ((before State) (after State)) Bool (= (vcpu-count after) (vcpu-count before)))
(define-fun keeps-enabled ((before State) (after State)) Bool (= (enabled after) (enabled before)))
(define-fun keeps-used ((before State) (after State)) Bool (= (used after) (used before)))
(define-fun keeps-migrating ((before State) (after State)) Bool (= (migrating after) (migrating before)))
(define-fun keeps-slots ((before State) (after State)) Bool
  (and (= (slots after) (slots before)) (= (exist after) (exist before))))
(define-fun keeps-attributes ((before State) (after State)) Bool (= (attributes after) (attributes before)))
(define-fun keeps-content ((before State) (after State)) Bool (= (content after) (content before)))
(define-fun keeps-dirty ((before State) (after State)) Bool (= (dirty after) (dirty before)))

; Migration mode stops, the marks go with it. STOP-MIGRATION-2
(define-fun migration-stops ((after State)) Bool
  (and (not (migrating after)) (= (dirty after) no-page)))
