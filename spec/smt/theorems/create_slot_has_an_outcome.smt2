; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, create-slot has an outcome: this one, said in words of its own.
; expect: unsat
; uses: create-slot
; breakage: create-slot.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments create-slot-arguments)
(define-fun first () Gfn (create-slot-base arguments))
(define-fun length () Gfn (create-slot-pages arguments))
(define-fun new ((page Gfn)) Bool (and (bvuge page first) (bvult (bvsub page first) length)))
(define-fun gone ((page Gfn)) Bool false)
(define-fun anew ((page Gfn)) Bool (new page))
(define-fun new-slots () (Array SlotId Slot)
  (store (slots before) (create-slot-id arguments) (slot first length (create-slot-dirty-log arguments))))
(declare-const pages-after Pages)
(assert (forall ((page Gfn)) (= (select pages-after page) (or (new page) (and (select (exist before) page) (not (gone page)))))))
(declare-const marks-after Pages)
(assert (forall ((page Gfn)) (= (select marks-after page) (and (select (dirty before) page) (not (anew page))))))
(declare-const attributes-after (Array Gfn Byte))
(assert (forall ((page Gfn)) (= (select attributes-after page) (ite (anew page) #x00 (select (attributes before) page)))))
(declare-const content-after (Array Gfn Content))
(assert (forall ((page Gfn)) (= (select content-after page) (ite (anew page) resident (select (content before) page)))))
(define-fun the-outcome () Outcome
  (ite ((_ is slot) (select (slots before) (create-slot-id arguments))) EEXIST
  (ite (or (= length #x0000000000000000) (bvuge length #x0000000080000000)
           (bvugt length #x0010000000000000) (bvugt first (bvsub #x0010000000000000 length))) EINVAL
  (ite (exists ((page Gfn)) (and (new page) (select (exist before) page))) EEXIST
  (ite (not (create-slot-allocates arguments)) ENOMEM
       success)))))
(define-fun the-state-after () State
  (ite (distinct the-outcome success) before
  (ite (and (migrating before) (not (create-slot-dirty-log arguments)))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) false new-slots pages-after attributes-after content-after ((as const Pages) false))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) new-slots pages-after attributes-after content-after marks-after))))
;? (assert (= before (state true 1 true true true (slots (small-vm 1 true true true page-0)) (two-pages no-page #x0000000000000000)
;?   (store all-stable #x0000000000000005 #x43) (store (store all-resident #x0000000000000000 preserved) #x0000000000000005 preserved)
;?   (store page-0 #x0000000000000005 true))))
;? (assert (= pages-after (two-pages (exist before) #x0000000000000005)))
;? (assert (= attributes-after all-stable))
;? (assert (= content-after (store all-resident #x0000000000000000 preserved)))
;? (assert (= marks-after page-0))
; refute
(assert (not (create-slot before arguments the-state-after the-outcome nothing)))
(check-sat)
