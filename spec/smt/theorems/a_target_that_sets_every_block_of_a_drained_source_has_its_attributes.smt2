; SPDX-License-Identifier: MIT
; guarantee: G10
; claim: A target with the same slots, enabled, that SETs the blocks of a drained source in the order of delivery, all bits selected, has the attributes of the source; if at the source, since migration started, Used was on, no GET failed, and no clear, SET, slot change or stop happened.
; expect: unsat
; uses: create-vcpu enable-cmma start-migration migration-status touch evict essa get peek set invariants
; assumes: get_answers_with_the_block_that_it_walked a_walk_is_a_range block_fits_the_buffer a_set_with_a_page_counts_at_least_one
; breakage: essa.smt2: "(store (dirty before) page true)" -> "(dirty before)"
; breakage: set.smt2: "(bvand ((_ extract 31 24) mask) attribute-bits)" -> "(bvand ((_ extract 31 24) mask) usage-bits)"
(declare-const source State)
(declare-const source-after State)
(declare-const target State)
(declare-const page Gfn)
; What is true of source and target between any two steps: what is clean at the source, is at the target what it is at the source.
(define-fun clean-pages-agree ((source State) (target State)) Bool
  (forall ((page Gfn))
    (=> (and (select (exist source) page) (not (select (dirty source) page)))
        (= (select (attributes target) page) (select (attributes source) page)))))
(define-fun same-pages ((source State) (target State)) Bool (= (exist target) (exist source)))

; When migration starts with CMMA enabled, every page is dirty: there is nothing to agree on yet.
(push 1)
;? (assert (= source (small-vm 1 true true false no-page)))
;? (assert (= (exist target) (exist source)))
(assert (invariant source))
(assert (enabled source))
(assert (not (migrating source)))
(assert (start-migration source nothing source-after success nothing))
(assert (same-pages source target))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target))))
(check-sat)
(pop 1)

; The source does create-vcpu, with any outcome.
(push 1)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (create-vcpu source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does enable-cmma, with any outcome.
(push 1)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= source (small-vm 0 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (enable-cmma source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does start-migration, with any outcome.
(push 1)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (start-migration source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does migration-status, with any outcome.
(push 1)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result migration-status-result)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (migration-status source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does touch, with any outcome.
(push 1)
(declare-const arguments touch-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (touch source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does evict, with any outcome.
(push 1)
(declare-const arguments evict-arguments)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (evict source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does essa, with any outcome.
(push 1)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (essa source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; The source does peek, with any outcome.
(push 1)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= (count (get-log arguments)) #x00000001))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= target source))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (migrating source))
(assert (peek source arguments source-after outcome result))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target) (migrating source-after))))
(check-sat)
(pop 1)

; A GET of the source that succeeds, and the SET of its block at the target, with all bits selected.
(push 1)
(declare-const target-after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const set-result set-result)
; The block as the target gets it: its first page, its length, all bits of the mask, and the bytes of the answer.
(define-fun to-set () set-arguments
  (set-of (log (get-first result) ((_ extract 31 0) (walked result)) no-flag #xffffffffffffffff #x0000000000000000)
          true true (walked result) (get-buffer-after result)))
;? (assert (= source (small-vm 1 true true true page-0)))
;?vacuity (assert (= target source))
;?breakage (assert (= target (let ((vm (small-vm 1 true true true no-page)))
;?breakage   (state true 1 true true false (slots vm) (exist vm) (store all-stable #x0000000000000000 no-dat) all-resident no-page))))
;?vacuity (assert (= source-after (small-vm 1 true true true no-page)))
;?vacuity (assert (= target-after target))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (get-first result) (get-last result) #x0000000000000000))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (attributes-are-usage-and-no-dat source))
(assert (attributes-are-usage-and-no-dat target))
; The GET walked these pages, as get_answers_with_the_block_that_it_walked proves, removed their marks, and wrote their attributes.
(assert (get-keeps source source-after))
(assert (marks-are-removed source source-after result))
(assert (values-are-written source arguments result))
(assert (= (between page (get-first result) (get-last result))
           (in-range page (get-first result) (walked result)))) ; as a_walk_is_a_range proves
; The SET succeeds.
(assert (= (set-count to-set) (walked result))) ; as block_fits_the_buffer proves
(assert (not (= (walked result) #x0000000000000000)))
(assert (set target to-set target-after success set-result))
(assert (select (exist source) page))
(assert (not (select (dirty source-after) page)))
; refute
(assert (not (and (= (select (attributes target-after) page) (select (attributes source-after) page))
                  (same-pages source-after target-after))))
(check-sat)
(pop 1)

; A GET of the source that answers with zero bytes: there is no block to SET.
(push 1)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= source target (small-vm 1 true true true no-page)))
;? (assert (= (count (get-log arguments)) #x00000001))
(assert (clean-pages-agree source target))
(assert (same-pages source target))
(assert (bvule (get-first result) (get-last result)))
(assert (get source arguments source-after success result))
(assert (bvule (walked result) #x0000000000100000)) ; as block_fits_the_buffer proves
(assert (not (is-answer success result)))
; refute
(assert (not (and (clean-pages-agree source-after target) (same-pages source-after target))))
(check-sat)
(pop 1)

; The source is drained where user space sees it: a GET that asks for a page, with Used on, succeeds with remaining 0, in an answer or in
; the 32 zero bytes. Then nothing is dirty.
(push 1)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= source (small-vm 1 true true true page-0)))
;? (assert (= source-after (small-vm 1 true true true no-page)))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (count (get-log arguments)) #x00000001))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (card no-page) #x0000000000000000))
(assert (pages-are-dirty-only-while-migrating source))
(assert (used source))
(assert (not (= (count (get-log arguments)) #x00000000)))
(assert (get source arguments source-after success result))
(assert (= (remaining-or-mask (get-log-after result)) #x0000000000000000))
(assert (=> (select (dirty source-after) page) (not (= (card (dirty source-after)) #x0000000000000000)))) ; as a_set_with_a_page_counts_at_least_one proves
; refute
(assert (select (dirty source-after) page))
(check-sat)
(pop 1)

; When nothing is dirty, all attributes agree.
(push 1)
;? (assert (= source target (small-vm 1 true true true no-page)))
(assert (clean-pages-agree source target))
(assert (not (select (dirty source) page)))
(assert (select (exist source) page))
; refute
(assert (not (= (select (attributes target) page) (select (attributes source) page))))
(check-sat)
(pop 1)
